/** The pieces that start, run and stop components. */
@NullMarked
package io.fairlead.core.lifecycle;

import org.jspecify.annotations.NullMarked;
