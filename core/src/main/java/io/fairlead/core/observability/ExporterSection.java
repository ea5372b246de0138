package io.fairlead.core.observability;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.config.ConfigView;

/**
 * An enabled section of the {@code observability} component.
 *
 * @param name the section, which is the exporter's kind
 * @param provider the exporter
 * @param config its configuration in the current generation's form, as the author wrote its values
 */
public record ExporterSection(String name, ExporterProvider provider, ConfigView config) {}
