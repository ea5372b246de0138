package io.fairlead.exporters.otel.projection;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import java.util.Set;

/** Options of projections under test. */
final class TestOptions {

  private TestOptions() {}

  static ProjectionOptions practice(String... compat) {
    return of("practice", compat);
  }

  static ProjectionOptions of(String profile, String... compat) {
    return new ProjectionOptions(
        new SpanIdentity(Resource.empty(), InstrumentationScopeInfo.create("test")),
        GenAiProfile.of(profile),
        Set.of(compat),
        Map.of(),
        Shape.DEFAULT);
  }
}
