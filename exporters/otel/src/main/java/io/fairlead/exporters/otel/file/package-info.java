/** Spans as OTLP requests in local files. */
@NullMarked
package io.fairlead.exporters.otel.file;

import org.jspecify.annotations.NullMarked;
