package io.fairlead.exporters.otel.metrics;

import io.opentelemetry.api.common.Attributes;
import java.math.BigDecimal;

/**
 * One value of a metric mark, checked.
 *
 * @param descriptor what it measures
 * @param value the value; whole when the descriptor's type is
 * @param attributes its labels
 */
record Measurement(Descriptor descriptor, BigDecimal value, Attributes attributes) {}
