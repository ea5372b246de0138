/** Sending over OTLP: two transports, and one table of what an answer means. */
@NullMarked
package io.fairlead.exporters.otel.delivery;

import org.jspecify.annotations.NullMarked;
