package io.fairlead.exporters.otel.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Event;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bodies that NeMo Relay leaves unread, or reads less of: both answers, attribute by attribute.
 * Each difference stands in {@code docs/relay-corrections.md}.
 */
class RelayReadsLessTest {

  @ParameterizedTest
  @CsvSource({
    "unread-bodies,full",
    "unread-bodies,gen_ai",
    "unread-bodies,openinference",
    "function-results,gen_ai",
  })
  void differsAsListed(String scenario, String type) throws IOException {
    String folder = "/nemo/" + scenario + "/";
    Map<String, JsonTree.Members> recorded = recorded(folder + "spans." + type + ".json");
    List<Event> events = PeerEvents.read(folder + "events.jsonl");
    List<SpanData> spans =
        new SpanAssembler(Projections.create(type, TestOptions.practice()))
            .assemble(events)
            .spans();
    List<String> differences = new ArrayList<>();
    for (SpanData span : spans) {
      JsonTree.Members relay = Objects.requireNonNull(recorded.remove(span.getSpanId()));
      JsonTree.Members ours = RelayConformanceTest.attributes(span.getAttributes(), true);
      compare(span.getName(), relay, ours, differences);
    }
    assertThat(recorded).isEmpty();
    assertThat(String.join("\n", differences) + "\n")
        .isEqualTo(PeerEvents.text(folder + "differences." + type + ".txt"));
  }

  private static Map<String, JsonTree.Members> recorded(String resource) throws IOException {
    Map<String, JsonTree.Members> spans = new HashMap<>();
    Object recorded = PeerEvents.parse(PeerEvents.text(resource));
    for (Object span : Objects.requireNonNull(JsonTree.list(recorded, "spans"))) {
      JsonTree.Members attributes = (JsonTree.Members) JsonTree.at(span, "attributes");
      spans.put(
          Objects.requireNonNull(JsonTree.text(span, "span_id")),
          Objects.requireNonNull(attributes));
    }
    return spans;
  }

  private static void compare(
      String span, JsonTree.Members relay, JsonTree.Members ours, List<String> differences) {
    TreeSet<String> names = new TreeSet<>(relay.keySet());
    names.addAll(ours.keySet());
    for (String name : names) {
      String theirs = written(relay.get(name));
      String shown = written(ours.get(name));
      if (!theirs.equals(shown)) {
        differences.add(span + " | " + name + " | " + theirs + " | " + shown);
      }
    }
  }

  private static String written(@Nullable Object value) {
    return value == null ? "-" : JsonTree.write(RelayConformanceTest.spelledAlike(value));
  }
}
