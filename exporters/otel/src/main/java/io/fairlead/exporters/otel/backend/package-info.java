/** What is known about the backends that an endpoint may name. Data and nothing that sends. */
@NullMarked
package io.fairlead.exporters.otel.backend;

import org.jspecify.annotations.NullMarked;
