@NullMarked
package io.fairlead.core;

import org.jspecify.annotations.NullMarked;
