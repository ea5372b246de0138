/** Events to counters and histograms that survive a restart. */
@NullMarked
package io.fairlead.exporters.otel.metrics;

import org.jspecify.annotations.NullMarked;
