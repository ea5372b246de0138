/** Faults of plugins in words for a person. */
@NullMarked
package io.fairlead.core.fault;

import org.jspecify.annotations.NullMarked;
