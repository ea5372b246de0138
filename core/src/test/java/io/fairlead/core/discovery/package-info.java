@NullMarked
package io.fairlead.core.discovery;

import org.jspecify.annotations.NullMarked;
