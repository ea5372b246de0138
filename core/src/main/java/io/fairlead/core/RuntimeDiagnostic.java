package io.fairlead.core;

import io.fairlead.spi.diagnostic.Level;
import org.jspecify.annotations.Nullable;

/**
 * A finding about what is running, folded over all times it was made.
 *
 * @param level how bad it is
 * @param code stable dotted name
 * @param component the component it is about, or null
 * @param field the field it is about, or null
 * @param message the latest message
 * @param hint how to go on, or null
 * @param count how often it was made
 */
public record RuntimeDiagnostic(
    Level level,
    String code,
    @Nullable String component,
    @Nullable String field,
    String message,
    @Nullable String hint,
    long count) {}
