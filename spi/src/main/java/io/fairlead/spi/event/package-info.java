/**
 * The neutral model of the whole program: ATOF 0.1 records (scope starts, scope ends and marks)
 * with typed facts about model calls, tools, tokens and cost.
 *
 * <p>All types are immutable and safe to share between threads. Times are nanoseconds since the
 * Unix epoch, UTC. A fact that is not known is null, or {@link
 * io.fairlead.spi.event.TokenUsage#UNKNOWN} for a token count; it is never zero, empty or guessed.
 */
@NullMarked
package io.fairlead.spi.event;

import org.jspecify.annotations.NullMarked;
