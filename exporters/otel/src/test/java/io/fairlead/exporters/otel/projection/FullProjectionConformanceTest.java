package io.fairlead.exporters.otel.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of the peer's own event streams equal the spans the peer sent. */
class FullProjectionConformanceTest {

  /**
   * The peer lets a failed scope without a type inherit the first failed descendant's; a span here
   * depends on its own events alone, so that a batch cut otherwise gives the same bytes.
   */
  private static final Set<String> INHERITING = Set.of("83d228bcbdd6aaf9");

  @ParameterizedTest
  @ValueSource(strings = {"01-agent-llm-tool", "02-errors"})
  void equalsThePeersSpans(String scenario) throws IOException {
    List<SpanData> spans =
        Projections.create("full", TestOptions.practice())
            .project(PeerEvents.read("/nemo/" + scenario + "/events.jsonl"));
    JsonTree.Members expected =
        (JsonTree.Members)
            Objects.requireNonNull(
                PeerEvents.parse(PeerEvents.text("/nemo/" + scenario + "/spans.full.json")));
    List<?> peers = (List<?>) Objects.requireNonNull(expected.get("spans"));

    assertThat(spans).hasSize(peers.size());
    for (int i = 0; i < peers.size(); i++) {
      Map<?, ?> peer = (Map<?, ?>) Objects.requireNonNull(peers.get(i));
      assertThat(shown(spans.get(i))).isEqualTo(JsonTree.write(corrected(peer)));
    }
  }

  private static Map<?, ?> corrected(Map<?, ?> peer) {
    if (INHERITING.contains(peer.get("span_id"))) {
      @SuppressWarnings("unchecked")
      Map<String, @Nullable Object> span = (Map<String, @Nullable Object>) peer;
      @SuppressWarnings("unchecked")
      Map<String, @Nullable Object> attributes =
          (Map<String, @Nullable Object>) Objects.requireNonNull(span.get("attributes"));
      attributes.put("error.type", members("string", "_OTHER"));
      span.put("events", List.of());
    }
    return peer;
  }

  private static String shown(SpanData span) {
    JsonTree.Members out = new JsonTree.Members();
    out.put("name", span.getName());
    out.put("kind", span.getKind().name());
    out.put("trace_id", span.getTraceId());
    out.put("span_id", span.getSpanId());
    boolean root = !span.getParentSpanContext().isValid();
    out.put("parent_span_id", root ? "" : span.getParentSpanId());
    out.put("trace_state", "");
    out.put("flags", number(257));
    out.put("start_time_unix_nano", number(span.getStartEpochNanos()));
    out.put("end_time_unix_nano", number(span.getEndEpochNanos()));
    out.put("attributes", attributes(span.getAttributes()));
    out.put("dropped_attributes_count", number(0));
    List<@Nullable Object> events = new ArrayList<>();
    span.getEvents()
        .forEach(
            event -> {
              JsonTree.Members shown = members("name", event.getName());
              shown.put("time_unix_nano", number(event.getEpochNanos()));
              shown.put("attributes", attributes(event.getAttributes()));
              events.add(shown);
            });
    out.put("events", events);
    out.put("links", List.of());
    JsonTree.Members status = members("code", span.getStatus().getStatusCode().name());
    status.put("message", span.getStatus().getDescription());
    out.put("status", status);
    return JsonTree.write(out);
  }

  private static JsonTree.Members attributes(Attributes attributes) {
    JsonTree.Members out = new JsonTree.Members();
    attributes.forEach(
        (key, value) -> {
          if (!key.getKey().startsWith("fairlead.")) {
            out.put(
                key.getKey(),
                switch (key.getType()) {
                  case STRING -> members("string", value);
                  case LONG -> members("int", number((Long) value));
                  default -> throw new AssertionError(key + " has a type the peer never sent");
                });
          }
        });
    return out;
  }

  private static JsonTree.Members members(String name, Object value) {
    JsonTree.Members members = new JsonTree.Members();
    members.put(name, value);
    return members;
  }

  private static JsonTree.NumberText number(long value) {
    return new JsonTree.NumberText(Long.toString(value), true);
  }
}
