/** Marks to log records. */
@NullMarked
package io.fairlead.exporters.otel.logs;

import org.jspecify.annotations.NullMarked;
