package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.delivery.OtlpDelivery;
import io.fairlead.exporters.otel.delivery.TransportSettings;
import io.fairlead.exporters.otel.metrics.EventMetrics;
import io.fairlead.exporters.otel.metrics.Temporality;
import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.PayloadStyle;
import io.fairlead.exporters.otel.projection.ProjectionOptions;
import io.fairlead.exporters.otel.projection.Projections;
import io.fairlead.exporters.otel.projection.Shape;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.Settings;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfoBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes subscribers from configurations. Apart, so that checking one loads none of this. */
final class Subscribers {

  private Subscribers() {}

  static Subscriber spans(
      String name, OpenTelemetryConfig config, InstantSource clock, DiagnosticSink remarks) {
    GenAiProfile profile = GenAiProfile.of(config.semconv());
    String schema = config.projection().equals("gen_ai") ? profile.schemaUrl() : null;
    ProjectionOptions options =
        new ProjectionOptions(
            identity(config, schema),
            profile,
            config.compat(),
            config.aliases(),
            new Shape(
                config.content(),
                config.marksAsTools(),
                config.plainMarks(),
                PayloadStyle.of(config.attributes()),
                config.payloadsOnce()),
            config.promoted(),
            config.promotedToResource(),
            remarks);
    return new SpanSubscriber(
        name,
        new Settings(config.maxBatch(), config.linger(), Duration.ZERO, true),
        Projections.create(config.projection(), options),
        OtlpDelivery.ofSpans(transport(config), clock, remarks));
  }

  static Subscriber metrics(
      String name, OpenTelemetryConfig config, MetricsPlan plan, ComponentContext context) {
    EventMetrics metrics =
        new EventMetrics(
            identity(config, null),
            GenAiProfile.of(config.semconv()),
            context.kernel(),
            context.clock(),
            plan.cardinalityLimit());
    return new MetricsSubscriber(
        name,
        new Settings(config.maxBatch(), config.linger(), plan.interval(), true),
        metrics,
        Temporality.of(plan.temporality()),
        OtlpDelivery.ofMetrics(transport(config), context.clock(), context.diagnostics()));
  }

  /**
   * How metrics are pushed.
   *
   * @param interval pause between two pushes
   * @param temporality {@code cumulative}, {@code delta} or {@code low_memory}
   * @param cardinalityLimit most series per instrument
   */
  record MetricsPlan(Duration interval, String temporality, int cardinalityLimit) {}

  private static SpanIdentity identity(OpenTelemetryConfig config, @Nullable String schemaUrl) {
    AttributesBuilder attributes = Attributes.builder();
    config
        .resourceAttributes()
        .forEach((name, value) -> attributes.put(AttributeKey.stringKey(name), value));
    InstrumentationScopeInfoBuilder scope =
        InstrumentationScopeInfo.builder(config.instrumentationScope());
    if (schemaUrl != null) {
      scope.setSchemaUrl(schemaUrl);
    }
    return new SpanIdentity(Resource.create(attributes.build()), scope.build());
  }

  private static TransportSettings transport(OpenTelemetryConfig config) {
    return new TransportSettings(
        TransportSettings.Protocol.valueOf(config.transport().name()),
        config.endpoint(),
        config.headers(),
        config.timeout(),
        config.gzip());
  }
}
