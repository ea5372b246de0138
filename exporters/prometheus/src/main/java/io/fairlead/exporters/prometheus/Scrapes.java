package io.fairlead.exporters.prometheus;

import io.fairlead.exporters.otel.metrics.EventMetrics;
import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigView;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.net.InetSocketAddress;

/** Makes the subscriber. Apart, so that checking a configuration loads none of this. */
final class Scrapes {

  private Scrapes() {}

  static Subscriber subscriber(ComponentContext context, int port) {
    ConfigView config = context.config();
    AttributesBuilder resource = Attributes.builder();
    resource.put(AttributeKey.stringKey("service.name"), config.string("service_name"));
    config
        .stringMap("resource_attributes")
        .forEach((name, value) -> resource.put(AttributeKey.stringKey(name), value));
    SpanIdentity identity =
        new SpanIdentity(
            Resource.create(resource.build()), InstrumentationScopeInfo.create("fairlead"));
    EventMetrics metrics =
        new EventMetrics(
            identity,
            GenAiProfile.of(config.string("semconv")),
            context.kernel(),
            context.clock(),
            new EventMetrics.Limits(
                Math.toIntExact(config.integer("max_instruments")),
                Math.toIntExact(config.integer("cardinality_limit"))),
            context.diagnostics());
    return new PrometheusSubscriber(
        context.instance(),
        new InetSocketAddress(config.string("host"), port),
        new ScrapeServer.Labels(config.bool("otel_scope"), config.bool("target_info")),
        metrics,
        context.diagnostics());
  }
}
