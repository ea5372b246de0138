package io.fairlead.exporters.files.atif;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.testkit.Fixtures;
import io.fairlead.testkit.InMemoryState;
import io.fairlead.testkit.RecordingDiagnostics;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said about trajectories that end up nowhere. */
class AtifFindingsTest {

  @TempDir Path directory;
  private final RecordingDiagnostics findings = new RecordingDiagnostics();

  private Subscriber started(Object... config) throws Exception {
    AtifExporterProvider provider = new AtifExporterProvider();
    Subscriber subscriber =
        provider
            .create(TestContext.of(provider, Tables.table(config)).withDiagnostics(findings))
            .get(0);
    subscriber.start(new InMemoryState());
    return subscriber;
  }

  @Test
  void payloadsThatAreNoJsonAreToldOnce() throws Exception {
    List<Event> turn = new ArrayList<>(Fixtures.turn());
    ScopeStart root = (ScopeStart) turn.get(0);
    turn.set(
        0,
        new ScopeStart(
            root.header().withData(new Json("{no json")), root.category(), root.profile()));
    try (Subscriber subscriber = started("output_directory", directory.toString())) {
      assertThat(subscriber.deliver(turn).rejected()).isEqualTo(1);
      assertThat(findings.codes()).containsExactly("atif.invalid_events");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aDirectoryThatCannotStandInForAServerIsTold() throws Exception {
    Path blocker = Files.writeString(directory.resolve("out"), "a file in the way");
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().code(413).build());
      Map<String, String> storage = Map.of("type", "http", "endpoint", server.url("/").toString());
      try (Subscriber subscriber =
          started("output_directory", blocker.toString(), "storage", List.of(storage))) {
        assertThat(subscriber.deliver(Fixtures.turn()).kind()).isEqualTo(DeliveryResult.Kind.RETRY);
        assertThat(findings.codes())
            .containsExactly("atif.remote_delivery_failed", "atif.local_fallback_failed");
      }
    }
  }
}
