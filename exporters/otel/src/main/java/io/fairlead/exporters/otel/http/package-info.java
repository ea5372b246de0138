/** What every exporter that speaks HTTP needs: headers of the document, clients, asked pauses. */
@NullMarked
package io.fairlead.exporters.otel.http;

import org.jspecify.annotations.NullMarked;
