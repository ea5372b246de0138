package io.fairlead.core.validation;

import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.config.ConfigView;

/**
 * A component the document asks for.
 *
 * @param provider stands behind it
 * @param instance its name: {@code name}, else the kind, else {@code kind[n]}
 * @param enabled whether it is to be started
 * @param config its validated configuration
 */
public record PlannedComponent(
    ComponentProvider provider, String instance, boolean enabled, ConfigView config) {}
