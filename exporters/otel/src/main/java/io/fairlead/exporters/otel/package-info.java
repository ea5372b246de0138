/**
 * The OpenTelemetry exporter: its configuration, its provider and the hand-registered subscriber.
 */
@NullMarked
package io.fairlead.exporters.otel;

import org.jspecify.annotations.NullMarked;
