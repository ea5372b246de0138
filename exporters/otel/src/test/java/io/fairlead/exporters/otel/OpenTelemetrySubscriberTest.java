package io.fairlead.exporters.otel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.SubscriberHub;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Outcome;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class OpenTelemetrySubscriberTest {

  @Test
  void registersFlushesAndLeaves() throws Exception {
    List<ExportTraceServiceRequest> requests = new CopyOnWriteArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            requests.add(ExportTraceServiceRequest.parseFrom(exchange.getRequestBody()));
            exchange.sendResponseHeaders(200, -1);
          }
        });
    server.start();
    try {
      OpenTelemetrySubscriber subscriber =
          new OpenTelemetrySubscriber(
              OpenTelemetryConfig.httpBinary("agent-service")
                  .endpoint("http://127.0.0.1:" + server.getAddress().getPort())
                  .header("x-test", "1")
                  .resourceAttribute("deployment.environment", "dev")
                  .timeout(Duration.ofSeconds(5)));
      DirectHub hub = new DirectHub();
      assertThat(subscriber.forceFlush()).isFalse();
      subscriber.register(hub, "otel-exporter");
      hub.emit(Events.tool("t", "bash", Outcome.UNSET));
      hub.emit(Events.turn(""));
      assertThat(subscriber.forceFlush()).isTrue();
      assertThat(requests).hasSize(1);
      assertThat(requests.get(0).getResourceSpans(0).getScopeSpans(0).getSpansList())
          .as("the root first: some backends take the session from the first span")
          .extracting(span -> span.getParentSpanId().isEmpty())
          .containsExactly(true, false);
      assertThat(subscriber.deregister(hub, "otel-exporter")).isTrue();
      assertThat(subscriber.deregister(hub, "otel-exporter")).isFalse();
      subscriber.shutdown();
      subscriber.shutdown();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void refusesWhatCannotBeSentWithoutShowingIt() {
    OpenTelemetryConfig config = OpenTelemetryConfig.grpc("svc");
    assertThatThrownBy(() -> config.header("x-key", "s3cret\n"))
        .hasMessageContaining("x-key")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> config.endpoint("http://user:s3cret@host"))
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> config.endpoint("collector:4317"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Delivers when flushed. */
  private static final class DirectHub implements SubscriberHub {
    private final Map<String, Subscriber> subscribers = new HashMap<>();
    private final List<Event> pending = new ArrayList<>();

    @Override
    public void register(String name, Subscriber subscriber) {
      subscribers.put(name, subscriber);
    }

    @Override
    public boolean deregister(String name) {
      return subscribers.remove(name) != null;
    }

    @Override
    public void emit(Event event) {
      pending.add(event);
    }

    @Override
    public boolean flush(String name, Duration timeout) {
      Subscriber subscriber = subscribers.get(name);
      try {
        return subscriber != null && subscriber.deliver(pending).delivered() == pending.size();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
