/** Fairlead scopes in the OpenTelemetry context. */
@NullMarked
package io.fairlead.bridges.opentelemetry;

import org.jspecify.annotations.NullMarked;
