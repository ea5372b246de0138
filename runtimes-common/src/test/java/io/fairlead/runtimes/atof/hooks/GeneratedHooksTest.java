package io.fairlead.runtimes.atof.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.runtimes.common.http.HttpRequest;
import io.fairlead.testkit.InMemoryState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our records against those Relay 0.7.3 wrote for hooks in random order: ids used again, fields
 * missing or in other places, subagents, child sessions, calls that never end.
 */
class GeneratedHooksTest {

  private final Hooks hooks = new Hooks(true, Duration.ofMinutes(30));
  private final InMemoryState state = new InMemoryState();
  private long time = 1_700_000_000_000_000_000L;

  /** A script with the records Relay made of it; its seed is its name. */
  record Script(String seed, HookAgent agent, List<?> steps, List<?> events) {
    @Override
    public String toString() {
      return seed + " " + agent.wireName();
    }
  }

  static List<Script> scripts() throws IOException {
    try (InputStream file =
            Objects.requireNonNull(
                GeneratedHooksTest.class.getResourceAsStream("/hooks/generated.jsonl.gz"));
        InputStream in = new GZIPInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> new Payload(JsonTree.parse(line)))
          .map(
              script ->
                  new Script(
                      String.valueOf(script.text("seed")),
                      Objects.requireNonNull(
                          HookAgent.ofWireName(String.valueOf(script.text("agent")))),
                      (List<?>) Objects.requireNonNull(script.value("steps")),
                      (List<?>) Objects.requireNonNull(script.value("events"))))
          .toList();
    }
  }

  private List<Map<String, @Nullable Object>> play(Script script, boolean restarting) {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    for (Object step : script.steps()) {
      Payload one = new Payload(step);
      Map<String, String> headers = new HashMap<>();
      Tree.object(one.value("headers"))
          .forEach((name, value) -> headers.put(name, String.valueOf(value)));
      byte[] body = JsonTree.write(one.value("payload")).getBytes(StandardCharsets.UTF_8);
      HttpRequest request = new HttpRequest("POST", "/", headers, body);
      time += 1_000_000;
      for (String line : hooks.accept(script.agent(), request, time)) {
        records.add(Tree.object(JsonTree.parse(line)));
      }
      assertThat(Hooks.answer(script.agent(), request)).isEqualTo(answer(one));
      if (restarting) {
        state.apply(hooks.changes());
        hooks.load(state);
      }
    }
    return records;
  }

  private static String answer(Payload step) {
    return JsonTree.write(JsonTree.parse(String.valueOf(step.text("response.body"))));
  }

  private static List<String> recorded(Script script) {
    List<Map<String, @Nullable Object>> records = new ArrayList<>();
    script.events().forEach(record -> records.add(Tree.object(record)));
    return RelayRecords.normal(records);
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyRecordIsTheOneRelayWrote(Script script) {
    assertThat(script.events()).isNotEmpty();
    assertThat(RelayRecords.normal(play(script, false)))
        .containsExactlyElementsOf(recorded(script));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void aRestartBetweenAnyTwoHooksChangesNothing(Script script) {
    assertThat(RelayRecords.normal(play(script, true))).containsExactlyElementsOf(recorded(script));
  }
}
