@NullMarked
package io.fairlead.core.layers;

import org.jspecify.annotations.NullMarked;
