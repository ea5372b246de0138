package io.fairlead.spi.event;

import java.util.UUID;

/**
 * A scope in another trace that this one belongs with; exported as a span link.
 *
 * @param traceRoot root of the other trace (its 16 bytes are the trace id)
 * @param scope the other scope (its last 8 bytes are the span id)
 * @param relation why they belong together: {@code spawned_by}, {@code announces}, {@code
 *     continues}
 */
public record ScopeLink(UUID traceRoot, UUID scope, String relation) {}
