package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.delivery.OtlpDelivery;
import io.fairlead.exporters.otel.delivery.TransportSettings;
import io.fairlead.exporters.otel.file.Format;
import io.fairlead.exporters.otel.file.RequestFile;
import io.fairlead.exporters.otel.file.SpanFileSubscriber;
import io.fairlead.exporters.otel.logs.LogProjection;
import io.fairlead.exporters.otel.logs.LogSeverity;
import io.fairlead.exporters.otel.metrics.EventMetrics;
import io.fairlead.exporters.otel.metrics.MetricMarks;
import io.fairlead.exporters.otel.metrics.Temporality;
import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.PayloadStyle;
import io.fairlead.exporters.otel.projection.Projection;
import io.fairlead.exporters.otel.projection.ProjectionOptions;
import io.fairlead.exporters.otel.projection.Projections;
import io.fairlead.exporters.otel.projection.RootResources;
import io.fairlead.exporters.otel.projection.Shape;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.Settings;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfoBuilder;
import io.opentelemetry.sdk.resources.Resource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Makes subscribers from configurations. Apart, so that checking one loads none of this. */
final class Subscribers {

  private Subscribers() {}

  static Subscriber spans(
      String name, OpenTelemetryConfig config, InstantSource clock, DiagnosticSink remarks) {
    return new SpanSubscriber(
        name,
        settings(config),
        projection(config, remarks),
        OtlpDelivery.ofSpans(transport(config), clock, remarks));
  }

  static Subscriber file(
      String name, OpenTelemetryConfig config, FilePlan plan, DiagnosticSink remarks) {
    return new SpanFileSubscriber(name, settings(config), projection(config, remarks), plan.file());
  }

  /**
   * A file of spans.
   *
   * @param path the file
   * @param format {@code json_lines} or {@code proto}
   * @param overwrite whether what is there is dropped
   */
  record FilePlan(Path path, String format, boolean overwrite) {

    RequestFile file() {
      return new RequestFile(path, Format.of(format), overwrite);
    }
  }

  static String fileExtension(String format) {
    return Format.of(format).extension();
  }

  private static Settings settings(OpenTelemetryConfig config) {
    return new Settings(config.maxBatch(), config.linger(), Duration.ZERO, true);
  }

  private static Projection projection(OpenTelemetryConfig config, DiagnosticSink remarks) {
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
    return Projections.create(config.projection(), options);
  }

  static Subscriber logs(
      String name, OpenTelemetryConfig config, LogsPlan plan, ComponentContext context) {
    Severity minimum = LogSeverity.of(plan.minimumSeverity());
    DiagnosticSink remarks = at(context.diagnostics(), "logs.endpoints", name);
    LogProjection projection =
        new LogProjection(
            resources(config, remarks),
            minimum == null ? Severity.INFO : minimum,
            config.content(),
            context.clock());
    return new LogSubscriber(
        name,
        settings(config),
        projection,
        OtlpDelivery.ofLogs(transport(config), context.clock(), context.diagnostics()),
        plan.checksMetricMarks(),
        remarks);
  }

  /**
   * Which marks become log records.
   *
   * @param minimumSeverity a word
   * @param checksMetricMarks whether nobody else says which metric marks are invalid
   */
  record LogsPlan(String minimumSeverity, boolean checksMetricMarks) {}

  /** That a metric mark is invalid is said once, however many endpoints there are. */
  private static DiagnosticSink ofMetrics(DiagnosticSink remarks, String name) {
    DiagnosticSink here = at(remarks, "metrics.endpoints", name);
    boolean first = name.endsWith("[0]");
    return finding -> {
      if (!finding.code().equals(MetricMarks.INVALID)) {
        here.report(finding);
      } else if (first) {
        remarks.report(finding.atField("metrics"));
      }
    };
  }

  /** Says of findings at run time which endpoint they are about. */
  private static DiagnosticSink at(DiagnosticSink remarks, String list, String name) {
    String field = list + name.substring(name.indexOf('['));
    return finding -> remarks.report(finding.atField(field));
  }

  static Subscriber metrics(
      String name, OpenTelemetryConfig config, MetricsPlan plan, ComponentContext context) {
    DiagnosticSink remarks = ofMetrics(context.diagnostics(), name);
    EventMetrics metrics =
        new EventMetrics(
            resources(config, remarks),
            GenAiProfile.of(config.semconv()),
            context.kernel(),
            context.clock(),
            plan.limits(),
            remarks);
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
   * @param maxInstruments most metrics that marks may name
   * @param cardinalityLimit most series per instrument
   */
  record MetricsPlan(
      Duration interval, String temporality, int maxInstruments, int cardinalityLimit) {

    EventMetrics.Limits limits() {
      return new EventMetrics.Limits(maxInstruments, cardinalityLimit);
    }
  }

  private static RootResources resources(OpenTelemetryConfig config, DiagnosticSink remarks) {
    return new RootResources(identity(config, null), config.promotedToResource(), remarks);
  }

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
        config.gzip(),
        config.maxRequest());
  }
}
