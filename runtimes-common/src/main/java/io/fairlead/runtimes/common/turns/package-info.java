/** From the facts of a turn to its events, and sums that are counted once. */
@NullMarked
package io.fairlead.runtimes.common.turns;

import org.jspecify.annotations.NullMarked;
