/** Tests of observability. */
@NullMarked
package io.fairlead.core.observability;

import org.jspecify.annotations.NullMarked;
