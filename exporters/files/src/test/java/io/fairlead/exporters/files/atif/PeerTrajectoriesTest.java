package io.fairlead.exporters.files.atif;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.atof.AtofReader;
import io.fairlead.atof.bodies.BodyFacts;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeEvent;
import io.fairlead.testkit.InMemoryState;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The trajectories NeMo Relay wrote, made again from the events it recorded beside them, with the
 * facts of their bodies filled in as the program does. The {@code script-} ones are of a random
 * campaign; the number is the seed.
 */
class PeerTrajectoriesTest {

  /** Where ours differ on purpose; {@code docs/relay-corrections.md} says why. */
  private static final Map<String, List<String>> CORRECTIONS =
      Map.of(
          "08-errors",
          List.of("$.steps[4].tool_calls[0].arguments: expected null, was {}"),
          "17-gemini-unknown",
          List.of(
              "$.final_metrics.total_completion_tokens: expected 11, was 13",
              "$.steps[1].metrics.completion_tokens: expected 3, was 5"),
          "hooks-hermes",
          List.of("$.steps[2].extra: expected <absent>, was "),
          "script-5424-null-arguments",
          List.of("$.steps[1].tool_calls[0].arguments: expected null, was {}"),
          "script-6461-call-without-arguments",
          List.of(
              "$.subagent_trajectories[0].steps[1].tool_calls[1].arguments: expected null,"
                  + " was {}"),
          "relay-0.5.0-02-errors",
          List.of("$.extra.nemo_relay: expected <absent>, was "));

  @TempDir Path written;

  static Stream<String> scenarios() throws IOException, URISyntaxException {
    try (Stream<Path> all = Files.list(root())) {
      return all.map(path -> String.valueOf(path.getFileName())).sorted().toList().stream();
    }
  }

  private static Path root() throws URISyntaxException {
    URL url = PeerTrajectoriesTest.class.getResource("/atif");
    return Path.of(Objects.requireNonNull(url).toURI());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void trajectoriesEqualThePeers(String scenario) throws Exception {
    Map<String, Members> expected = trajectories(root().resolve(scenario));
    AtifExporterProvider provider = new AtifExporterProvider();
    TestContext context = TestContext.of(provider, config(expected));
    try (Subscriber subscriber = provider.create(context).get(0)) {
      subscriber.start(new InMemoryState());
      for (Event event : events(root().resolve(scenario))) {
        subscriber.deliver(List.of(event));
      }
    }
    Map<String, Members> actual = trajectories(written);
    assertThat(actual).hasSameSizeAs(expected);
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    List<String> differences = new ArrayList<>();
    expected.forEach(
        (name, trajectory) ->
            differences.addAll(JsonCompare.differences(trajectory, actual.get(name))));
    List<String> corrections = CORRECTIONS.getOrDefault(scenario, List.of());
    assertThat(differences).hasSameSizeAs(corrections);
    for (int i = 0; i < corrections.size(); i++) {
      assertThat(differences.get(i)).startsWith(corrections.get(i));
    }
  }

  private ConfigNode.Table config(Map<String, Members> expected) {
    Members agent =
        (Members) Objects.requireNonNull(expected.values().iterator().next().get("agent"));
    return Tables.table(
        "output_directory",
        written.toString(),
        "agent_name",
        String.valueOf(agent.get("name")),
        "agent_version",
        String.valueOf(agent.get("version")),
        "model_name",
        String.valueOf(agent.get("model_name")),
        "filename_template",
        "{session_id}.json");
  }

  /** By their ids. */
  private static Map<String, Members> trajectories(Path directory) throws IOException {
    Map<String, Members> trajectories = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        Members trajectory =
            (Members) Objects.requireNonNull(JsonTree.sorted(Files.readString(file)));
        trajectories.put(String.valueOf(trajectory.get("trajectory_id")), trajectory);
      }
    }
    return trajectories;
  }

  private static List<Event> events(Path directory) throws IOException {
    List<Event> events = new ArrayList<>();
    try (InputStream in = Files.newInputStream(directory.resolve("events.jsonl"))) {
      new AtofReader("atof", (line, reason) -> {})
          .readAll(
              in,
              event ->
                  events.add(event instanceof ScopeEvent scope ? BodyFacts.fill(scope) : event));
    }
    return events;
  }
}
