package io.fairlead.exporters.otel.projection;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;

/**
 * What all spans of one endpoint share.
 *
 * @param resource who sends them
 * @param scope the instrumentation scope they are under
 */
public record SpanIdentity(Resource resource, InstrumentationScopeInfo scope) {}
