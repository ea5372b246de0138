package io.fairlead.exporters.files.atif;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.UsageReported;
import io.fairlead.testkit.Fixtures;
import io.fairlead.testkit.InMemoryState;
import io.fairlead.testkit.RecordingDiagnostics;
import io.fairlead.testkit.SubscriberContract;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtifSubscriberTest extends SubscriberContract {

  private static final List<Event> TURN = Fixtures.turn();

  @TempDir Path directory;
  private final RecordingDiagnostics findings = new RecordingDiagnostics();

  @Override
  protected Subscriber subscriber() throws Exception {
    return subscriber(Map.of());
  }

  private Subscriber subscriber(Map<String, Object> more) throws Exception {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("output_directory", directory.resolve("out").toString());
    config.put("filename_template", "{session_id}.json");
    config.putAll(more);
    List<Object> keysAndValues = new ArrayList<>();
    config.forEach(
        (key, value) -> {
          keysAndValues.add(key);
          keysAndValues.add(value);
        });
    AtifExporterProvider provider = new AtifExporterProvider();
    TestContext context =
        TestContext.of(provider, Tables.table(keysAndValues.toArray())).withDiagnostics(findings);
    return provider.create(context).get(0);
  }

  private Subscriber started(Map<String, Object> more) throws Exception {
    Subscriber subscriber = subscriber(more);
    subscriber.start(new InMemoryState());
    return subscriber;
  }

  private List<Path> files() throws IOException {
    Path out = directory.resolve("out");
    if (!Files.exists(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(out)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private Members only() throws IOException {
    assertThat(files()).hasSize(1);
    return (Members) Objects.requireNonNull(JsonTree.sorted(Files.readString(files().get(0))));
  }

  @Test
  void aTurnWithoutBodiesIsATrajectoryOfItsFacts() throws Exception {
    try (Subscriber subscriber = started(Map.of())) {
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.done(1));
    }
    Members trajectory = only();
    String root = TURN.get(0).header().uuid().toString();
    assertThat(trajectory)
        .containsEntry("schema_version", "ATIF-v1.7")
        .containsEntry("session_id", root)
        .containsEntry("trajectory_id", root);
    assertThat(JsonTree.text(trajectory, "extra", "nemo_relay", "session_id"))
        .isEqualTo("session-1");
    assertThat(JsonTree.write(trajectory.get("final_metrics")))
        .isEqualTo(
            "{\"total_cached_tokens\":20,\"total_completion_tokens\":11,\"total_cost_usd\":0.0012,"
                + "\"total_prompt_tokens\":100,\"total_steps\":1}");
    List<?> steps = Objects.requireNonNull(JsonTree.list(trajectory, "steps"));
    assertThat(steps).hasSize(1);
    Object step = steps.get(0);
    assertThat(JsonTree.text(step, "model_name")).isEqualTo("gpt-4o-mini-2024-07-18");
    assertThat(JsonTree.write(JsonTree.at(step, "tool_calls")))
        .contains("\"function_name\":\"search\"", "\"tool_call_id\":\"call_1\"");
    assertThat(JsonTree.write(JsonTree.at(step, "observation")))
        .contains("\"source_call_id\":\"call_1\"")
        .contains("\"error_type\":\"exit_code\",\"exit_code\":1,\"result_known\":true");
    assertThat(JsonTree.write(JsonTree.at(step, "extra", "tool_invocations")))
        .contains("\"status\":\"error\"");
    assertThat(JsonTree.write(trajectory)).doesNotContain("trace_id", "span_id");
  }

  @Test
  void whatWasSaidIsShownWhenContentIsCaptured() throws Exception {
    List<Event> said = new ArrayList<>(TURN);
    ScopeStart turn = (ScopeStart) TURN.get(0);
    said.set(
        0,
        new ScopeStart(
            turn.header().withData(Json.ofString("weather?")), turn.category(), turn.profile()));
    ScopeEnd call = (ScopeEnd) TURN.get(2);
    said.set(
        2,
        withOutput(
            call,
            "[{\"type\":\"thinking\",\"thinking\":\"hm\"},{\"type\":\"text\",\"text\":\"let me"
                + " see\"},{\"type\":\"toolCall\",\"id\":\"call_1\",\"name\":\"search\","
                + "\"arguments\":{\"q\":\"x\"}}]"));
    said.set(4, withOutput((ScopeEnd) TURN.get(4), "\"sunny\""));
    try (Subscriber subscriber = started(Map.of())) {
      subscriber.deliver(said);
    }
    List<?> steps = Objects.requireNonNull(JsonTree.list(only(), "steps"));
    assertThat(steps)
        .extracting(step -> JsonTree.text(step, "source") + ": " + JsonTree.text(step, "message"))
        .containsExactly("user: weather?", "agent: let me see");
    assertThat(JsonTree.text(steps.get(1), "reasoning_content")).isEqualTo("hm");
    assertThat(JsonTree.write(JsonTree.at(steps.get(1), "tool_calls")))
        .isEqualTo(
            "[{\"arguments\":{\"q\":\"x\"},\"function_name\":\"search\",\"tool_call_id\":\"call_1\"}]");
    assertThat(JsonTree.write(JsonTree.at(steps.get(1), "observation")))
        .contains("\"content\":\"sunny\"");
  }

  @Test
  void aTurnWhoseCallsAreKnownInSumOnlyHasItsToolsAndItsSum() throws Exception {
    List<Event> events = new ArrayList<>(TURN);
    events.remove(2);
    events.remove(1);
    EventHeader turn = TURN.get(0).header();
    UUID uuid = UUID.fromString("00000000-0000-8000-8000-000000000001");
    EventHeader header =
        new EventHeader(
            uuid, turn.uuid(), turn.traceRoot(), turn.timeNanos(), "usage", turn.origin());
    events.add(
        3,
        new UsageReported(
            header, "openai", "gpt", null, 2, TokenUsage.of(70, 30, 0, 9, 0), null, 2));
    try (Subscriber subscriber = started(Map.of())) {
      subscriber.deliver(events);
    }
    Members trajectory = only();
    assertThat(JsonTree.write(trajectory.get("final_metrics")))
        .isEqualTo(
            "{\"total_cached_tokens\":30,\"total_completion_tokens\":9,"
                + "\"total_prompt_tokens\":100,\"total_steps\":1}");
    assertThat(JsonTree.write(trajectory.get("steps")))
        .contains("\"llm_call_count\":0", "\"function_name\":\"search\"", "\"exit_code\":1");
  }

  private static ScopeEnd withOutput(ScopeEnd end, String json) {
    return new ScopeEnd(
        end.header().withData(new Json(json)),
        end.start(),
        end.profile(),
        end.outcome(),
        end.timeQuality(),
        end.incomplete());
  }

  @Test
  void anEndThatNobodySawIsNoPartOfATrajectory() throws Exception {
    ScopeEnd last = (ScopeEnd) TURN.get(TURN.size() - 1);
    ScopeEnd unseen =
        new ScopeEnd(
            last.header().withData(null),
            last.start(),
            last.start().profile(),
            Outcome.UNSET,
            TimeQuality.APPROXIMATE,
            true);
    try (Subscriber subscriber = started(Map.of())) {
      subscriber.deliver(TURN.subList(0, TURN.size() - 1));
      assertThat(files()).isEmpty();
      subscriber.deliver(List.of(unseen));
      assertThat(files()).hasSize(1);
    }
    assertThat((List<?>) JsonTree.at(only(), "extra", "observed_events")).hasSize(TURN.size() - 1);
  }

  @Test
  void aResultThatComesWithTheNextCallStaysWithTheCallThatAskedForIt() throws Exception {
    EventHeader asked = TURN.get(1).header();
    EventHeader next =
        new EventHeader(
            UUID.fromString("00000000-0000-8000-8000-000000000002"),
            asked.parentUuid(),
            asked.traceRoot(),
            TURN.get(4).header().timeNanos(),
            asked.name(),
            asked.origin());
    List<Event> events = new ArrayList<>(TURN);
    events.add(4, new ScopeStart(next, ScopeCategory.LLM, ((ScopeStart) TURN.get(1)).profile()));
    try (Subscriber subscriber = started(Map.of())) {
      subscriber.deliver(events);
    }
    List<?> steps = (List<?>) Objects.requireNonNull(only().get("steps"));
    assertThat(steps).hasSize(1);
    assertThat(JsonTree.write(JsonTree.at(steps.get(0), "observation")))
        .contains("\"source_call_id\":\"call_1\"", "\"exit_code\":1");
  }

  @Test
  void whatTheDeadlineOfTheCloseLeavesOverIsReported() throws Exception {
    Subscriber subscriber = started(Map.of());
    subscriber.deliver(TURN.subList(0, 3));
    Thread.currentThread().interrupt();
    subscriber.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(findings.codes()).containsExactly("atif.close_cut_short");
  }

  @Test
  void aTrajectoryGoesOnAfterARestartAndIsWholeInTheEnd() throws Exception {
    InMemoryState state = new InMemoryState();
    for (Event event : TURN.subList(0, 5)) {
      Subscriber subscriber = subscriber();
      subscriber.start(state);
      DeliveryResult result = subscriber.deliver(List.of(event));
      assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.DONE);
      state.apply(result.state());
      subscriber.close(); // writes what there is
      assertThat(files()).hasSize(1);
    }
    Subscriber last = subscriber();
    last.start(state);
    DeliveryResult result = last.deliver(List.of(TURN.get(5)));
    state.apply(result.state());
    last.close();
    assertThat(JsonTree.list(only(), "extra", "observed_events")).hasSize(6);
    List<String> left = new ArrayList<>();
    state.forEach("", (key, value) -> left.add(key));
    assertThat(left).isEmpty();
  }

  @Test
  void aBatchThatComesAgainChangesNothing() throws Exception {
    try (Subscriber subscriber = started(Map.of())) {
      subscriber.deliver(TURN.subList(0, 4));
      subscriber.deliver(TURN.subList(0, 4));
      assertThat(subscriber.deliver(TURN)).extracting(DeliveryResult::delivered).isEqualTo(1L);
      assertThat(subscriber.deliver(TURN)).isEqualTo(DeliveryResult.done(0));
    }
    assertThat(JsonTree.list(only(), "extra", "observed_events")).hasSize(6);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyItsOwnerCanReadTheFile() throws Exception {
    try (Subscriber subscriber = started(Map.of())) {
      subscriber.deliver(TURN);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
        .isEqualTo("rw-------");
  }

  @Test
  void aDirectoryThatCannotBeWrittenIsARetryAndAFinding() throws Exception {
    Path blocker = Files.writeString(directory.resolve("out"), "a file in the way");
    try (Subscriber subscriber = started(Map.of())) {
      assertThat(subscriber.deliver(TURN).kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(findings.codes()).containsExactly("atif.local_write_failed");
      Files.delete(blocker);
      assertThat(subscriber.deliver(TURN).kind()).isEqualTo(DeliveryResult.Kind.DONE);
    }
    assertThat(files()).hasSize(1);
  }

  @Test
  void aServerGetsTheTrajectoryAsThePeerSendsIt() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "5").build());
      server.enqueue(new MockResponse.Builder().code(200).build());
      try (Subscriber subscriber = started(storage(server))) {
        DeliveryResult later = subscriber.deliver(TURN);
        assertThat(later.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
        assertThat(later.retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(findings.codes()).containsExactly("atif.remote_delivery_failed");
        assertThat(subscriber.deliver(TURN).delivered()).isEqualTo(1);
      }
      Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
      RecordedRequest request = Objects.requireNonNull(server.takeRequest(5, TimeUnit.SECONDS));
      String root = TURN.get(0).header().uuid().toString();
      assertThat(request.getMethod()).isEqualTo("POST");
      assertThat(request.getHeaders().get("content-type")).isEqualTo("application/json");
      assertThat(request.getHeaders().get("x-k")).isEqualTo("v");
      assertThat(request.getHeaders().get("x-nemo-relay-atif-filename")).isEqualTo(root + ".json");
      assertThat(request.getHeaders().get("x-nemo-relay-atif-session-id")).isEqualTo(root);
    }
    assertThat(files()).isEmpty();
  }

  @Test
  void whatEveryServerRefusesIsWrittenToTheDirectory() throws Exception {
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().code(413).build());
      try (Subscriber subscriber = started(storage(server))) {
        assertThat(subscriber.deliver(TURN).kind()).isEqualTo(DeliveryResult.Kind.DONE);
      }
    }
    assertThat(findings.codes()).containsExactly("atif.remote_delivery_failed");
    assertThat(files()).hasSize(1);
  }

  private static Map<String, Object> storage(MockWebServer server) {
    return Map.of(
        "storage",
        List.of(
            Map.of(
                "type",
                "http",
                "endpoint",
                server.url("/up").toString(),
                "headers",
                Map.of("x-k", "v"))));
  }

  @Test
  void aNameThatCannotBeMadeIsAFindingAndNoFile() throws Exception {
    Map<String, Object> template = Map.of("filename_template", "{metadata.team}/{session_id}.json");
    try (Subscriber subscriber = started(template)) {
      assertThat(subscriber.deliver(TURN).rejected()).isEqualTo(1);
    }
    assertThat(findings.codes()).containsExactly("atif.destination_render_failed");
    assertThat(files()).isEmpty();
  }

  @Test
  void tooMuchThatIsOpenIsDeliveredAsFarAsItHasCome() throws Exception {
    EventHeader header = TURN.get(0).header();
    ScopeStart large =
        new ScopeStart(
            header.withData(Json.ofString("x".repeat(70_000))),
            ((ScopeStart) TURN.get(0)).category(),
            null);
    try (Subscriber subscriber = started(Map.of("max_open_bytes", 65_536))) {
      DeliveryResult result = subscriber.deliver(List.of(large));
      assertThat(result.delivered()).isEqualTo(1);
      assertThat(findings.codes()).containsExactly("atif.trajectory_cut");
      assertThat(files()).hasSize(1);
      assertThat(subscriber.deliver(TURN).delivered()).isZero();
    }
  }
}
