package io.fairlead.core.validation;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed {@code [[components]]} entry.
 *
 * @param kind its kind
 * @param name the name it was given, or null
 * @param enabled whether it is to be started
 * @param config its configuration as written; positioned at the entry when there is none
 * @param kindPosition where the kind stands
 * @param namePosition where the name stands
 */
record ComponentEntry(
    String kind,
    @Nullable String name,
    boolean enabled,
    ConfigNode.Table config,
    @Nullable SourcePosition kindPosition,
    @Nullable SourcePosition namePosition) {}
