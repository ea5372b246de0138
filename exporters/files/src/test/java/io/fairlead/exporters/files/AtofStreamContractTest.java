package io.fairlead.exporters.files;

import io.fairlead.exporters.files.http.Remote;
import io.fairlead.spi.Subscriber;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.SubscriberContract;
import java.time.Duration;
import java.util.Map;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;

class AtofStreamContractTest extends SubscriberContract {

  private final MockWebServer server = new MockWebServer();

  @Override
  protected Subscriber subscriber() throws Exception {
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            return new MockResponse.Builder().code(204).build();
          }
        });
    server.start();
    ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    Remote remote = new Remote(server.url("/").toString(), Map.of(), Duration.ofSeconds(10), clock);
    return new AtofStreamSubscriber("sinks[0]", StreamTransport.of("ndjson", remote), false, clock);
  }

  @Override
  protected boolean isOfTheOtherSide(Thread thread) {
    return thread.getName().startsWith("MockWebServer");
  }

  @AfterEach
  void stop() {
    server.close();
  }
}
