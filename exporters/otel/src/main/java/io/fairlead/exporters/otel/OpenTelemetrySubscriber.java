package io.fairlead.exporters.otel;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.SubscriberHub;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Delivers spans to one OTLP endpoint, registered by a program's own hand:
 *
 * <pre>{@code
 * var subscriber = new OpenTelemetrySubscriber(
 *     OpenTelemetryConfig.httpBinary("agent-service").endpoint("http://localhost:4318"));
 * subscriber.register(hub, "otel-exporter");
 * …
 * subscriber.forceFlush();
 * subscriber.deregister(hub, "otel-exporter");
 * subscriber.shutdown();
 * }</pre>
 */
public final class OpenTelemetrySubscriber implements Subscriber {

  private static final Duration FLUSH_TIMEOUT = Duration.ofSeconds(10);

  private final Subscriber spans;
  private volatile @Nullable Registration registration;

  private record Registration(SubscriberHub hub, String name) {}

  /** A subscriber that connects with its first delivery. */
  public OpenTelemetrySubscriber(OpenTelemetryConfig config) {
    this.spans = Subscribers.spans("opentelemetry", config, InstantSource.system(), remark -> {});
  }

  /**
   * Registers with a hub; see {@link SubscriberHub#register}. {@link #forceFlush()} then works
   * there.
   */
  public void register(SubscriberHub hub, String name) {
    hub.register(name, this);
    registration = new Registration(hub, name);
  }

  /**
   * Leaves a hub; see {@link SubscriberHub#deregister}.
   *
   * @return whether there was a subscriber of that name
   */
  public boolean deregister(SubscriberHub hub, String name) {
    registration = null;
    return hub.deregister(name);
  }

  /**
   * Waits until everything emitted so far was delivered, ten seconds at most.
   *
   * @return whether all of it was accepted; false when it is not registered
   */
  public boolean forceFlush() {
    Registration current = registration;
    return current != null && current.hub().flush(current.name(), FLUSH_TIMEOUT);
  }

  /** Lets go of connections. Deregister first. Safe when called again. */
  public void shutdown() {
    close();
  }

  @Override
  public String name() {
    return spans.name();
  }

  @Override
  public Settings settings() {
    return spans.settings();
  }

  @Override
  public void start(SourceState state) throws Exception {
    spans.start(state);
  }

  @Override
  public DeliveryResult deliver(List<Event> events) throws Exception {
    return spans.deliver(events);
  }

  @Override
  public void close() {
    spans.close();
  }
}
