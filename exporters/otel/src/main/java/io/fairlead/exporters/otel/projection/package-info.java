/**
 * Events to spans. A {@link io.fairlead.exporters.otel.projection.Projection} decides the shape
 * (which events become spans); names are data.
 */
@NullMarked
package io.fairlead.exporters.otel.projection;

import org.jspecify.annotations.NullMarked;
