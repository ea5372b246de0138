package io.fairlead.atof.bodies;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tool that a request offers.
 *
 * @param type {@code function}, or the provider's own word for tools it runs itself
 * @param name its name, or null when its type says all
 * @param description what it does, or null
 * @param parameters JSON schema of its arguments, a JSON value, or null
 * @param value the definition as it was written
 */
public record ToolDefinition(
    String type,
    @Nullable String name,
    @Nullable String description,
    @Nullable Object parameters,
    Map<?, ?> value) {}
