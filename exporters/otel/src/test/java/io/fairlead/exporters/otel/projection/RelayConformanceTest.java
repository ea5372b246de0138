package io.fairlead.exporters.otel.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.exporters.otel.metrics.MapState;
import io.fairlead.spi.event.Event;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Spans of NeMo Relay's own event streams equal the spans it sent, however the stream is cut into
 * batches and wherever the process is restarted. What is ours alone ({@code fairlead.*}) is left
 * out.
 */
class RelayConformanceTest {

  private static final Set<String> IDS = Set.of("trace_id", "span_id", "parent_span_id");

  /** The conventions want the session on every span; the peer shows it on agents. */
  private static final Set<String> ON_EVERY_SPAN = Set.of("session.id", "gen_ai.conversation.id");

  /** What the peer shows in its own way although the convention has one, or leaves out. */
  private static final List<List<String>> PARTS =
      List.of(
          List.of(
              "{\"image\":{\"image_url\":\"https://i/1.png\"},\"type\":\"image\"}",
              "{\"modality\":\"image\",\"type\":\"uri\",\"uri\":\"https://i/1.png\"}"),
          List.of(
              "{\"image\":{\"source\":{\"data\":\"AAA=\",\"media_type\":\"image/png\","
                  + "\"type\":\"base64\"}},\"type\":\"image\"}",
              "{\"mime_type\":\"image/png\",\"modality\":\"image\",\"type\":\"blob\"}"),
          List.of(
              "{\"signature\":\"s\",\"thinking\":\"hmm\",\"type\":\"thinking\"}",
              "{\"content\":\"hmm\",\"type\":\"reasoning\"}"),
          List.of("\"role\":\"provider_native\"", "\"role\":\"assistant\""),
          List.of(
              "[{\"content\":\"Hello!\",\"type\":\"text\"},",
              "[{\"content\":\"thought\",\"type\":\"reasoning\"},"
                  + "{\"content\":\"Hello!\",\"type\":\"text\"},"
                  + "{\"content\":\"no\",\"type\":\"text\"},"),
          List.of(
              "[{\"content\":\"Answer\",\"type\":\"text\"},",
              "[{\"content\":\"deep\",\"type\":\"reasoning\"},"
                  + "{\"content\":\"Answer\",\"type\":\"text\"},"));

  @ParameterizedTest
  @CsvSource({
    "agent,01-agent-llm-tool,full",
    "agent,01-agent-llm-tool,openinference",
    "agent,01-agent-llm-tool,gen_ai",
    "errors,02-errors,full",
    "errors,02-errors,openinference",
    "errors,02-errors,gen_ai",
    "marks,marks,full",
    "marks,marks,openinference",
    "tools,marks-tool,full",
    "tools,marks-tool,openinference",
    "session,session-start-mark,full",
    "session,session-start-mark,openinference",
    "mappings,mappings,full",
    "mappings,mappings,openinference",
    "promotion,promote,full",
    "promotion,promote,openinference",
    "values,values,full",
    "values,values,openinference",
    "bodies,chat,openinference",
    "bodies,responses,openinference",
    "bodies,responses,gen_ai",
    "bodies,anthropic,openinference",
    "bodies,anthropic,gen_ai",
    "inheritance,errors,full",
    "inheritance,errors,openinference",
    "inheritance,errors,gen_ai",
    "roots,two-roots,full",
    "roots,two-roots,openinference",
    "late,late-child,full",
    "late,late-child,openinference",
    "resource,promote-resource,full",
    "searching,searching,full",
    "searching,searching,gen_ai",
    "searching,searching,openinference",
    "stated,stated,full",
    "stated,stated,gen_ai",
    "stated,stated,openinference",
    "payloads,tool-payloads,full",
    "payloads,tool-payloads,gen_ai",
    "operations,operations,gen_ai",
    "noted,noted-answers,full",
    "noted,noted-answers,gen_ai",
    "noted,noted-answers,openinference",
    "start,session-of-the-start,full",
    "start,session-of-the-start,openinference",
    "resource,resource-after-root,full",
    "promoted,promoted-resource,full",
    "overlapping,overlapping,full",
    "overlapping,overlapping,gen_ai",
    "overlapping,overlapping,openinference",
    "responses,responses-more,gen_ai",
    "responses,responses-more,openinference",
    "usage,usage-of-chats,full",
    "usage,usage-of-chats,openinference",
    "anthropic,anthropic-tools,gen_ai",
    "anthropic,anthropic-tools,openinference",
    "flags,flags,full",
    "flags,flags,openinference",
    "costs,odd-costs,full",
    "costs,odd-costs,openinference",
    "totals,odd-totals,openinference",
    "functions,function-results,full",
    "functions,function-results,openinference",
    "pushed,pushed-calls,full",
    "pushed,pushed-calls,gen_ai",
    "pushed,pushed-calls,openinference",
  })
  void equalsTheSpansOfRelay010(String options, String scenario, String type) throws IOException {
    check("/nemo/" + scenario, type, options(options, PayloadStyle.FLATTENED), Set.of());
  }

  @ParameterizedTest
  @CsvSource({
    "01-agent-llm-tool,full",
    "01-agent-llm-tool,openinference",
    "02-errors,full",
    "02-errors,openinference",
    "marks,full",
    "marks,openinference",
    "values,full",
    "values,openinference",
    "errors,full",
    "errors,openinference",
    "usage-of-chats,full",
    "usage-of-chats,openinference",
    "flags,full",
    "flags,openinference",
    "categories,full",
    "categories,openinference",
  })
  void equalsTheSpansOfRelay05ExceptForItsRandomIds(String scenario, String type)
      throws IOException {
    check("/nemo-0.5/" + scenario, type, options("first", PayloadStyle.JSON), IDS);
  }

  private static void check(
      String folder, String type, ProjectionOptions options, Set<String> leftOut)
      throws IOException {
    List<Event> events = PeerEvents.read(folder + "/events.jsonl");
    Map<String, String> expected = expected(folder, type, leftOut);
    for (int batch : new int[] {1, 3, events.size()}) {
      Map<String, String> spans = new TreeMap<>();
      MapState saved = new MapState();
      for (int i = 0; i < events.size(); i += batch) {
        SpanAssembler assembler = new SpanAssembler(Projections.create(type, options));
        assembler.restore(saved);
        List<Event> part = events.subList(i, Math.min(events.size(), i + batch));
        SpanAssembler.Assembly first = assembler.assemble(part);
        SpanAssembler.Assembly again = assembler.assemble(part);
        assertThat(shown(again, type, leftOut)).isEqualTo(shown(first, type, leftOut));
        spans.putAll(shown(again, type, leftOut));
        saved.save(again.state());
      }
      assertThat(spans).as("batches of %s", batch).isEqualTo(expected);
      assertThat(saved.keys()).as("what is left behind").allMatch(key -> key.startsWith("ended/"));
    }
  }

  private static ProjectionOptions options(String name, PayloadStyle style) {
    ProjectionOptions plain = TestOptions.practice();
    boolean tools = name.equals("tools");
    return new ProjectionOptions(
        name.equals("promoted") ? CONFIGURED : plain.identity(),
        plain.profile(),
        Set.of(),
        name.equals("mappings") ? MAPPINGS : Map.of(),
        new Shape(true, tools, tools ? Set.of("skip.me", "hooky") : Set.of(), style, false),
        name.equals("promotion")
            ? Set.of("app.", "gen_ai.", "user.", "metadata", "llm.", "error.")
            : Set.of(),
        name.equals("resource") || name.equals("promoted") ? Set.of("app.", "deploy") : Set.of(),
        remark -> {});
  }

  /** What metadata of the same name must not replace. */
  private static final SpanIdentity CONFIGURED =
      new SpanIdentity(
          Resource.create(Attributes.of(AttributeKey.stringKey("deployment.environment"), "dev")),
          TestOptions.practice().identity().scope());

  private static final Map<String, String> MAPPINGS =
      Map.ofEntries(
          Map.entry("my.q", "nemo_relay.start.input.q"),
          Map.entry("my.r", "nemo_relay.end.output.r"),
          Map.entry("nemo_relay.scope_type", "nemo_relay.uuid"),
          Map.entry("zzz", "absent"),
          Map.entry("mark.n", "nemo_relay.mark.data.n"),
          Map.entry("in.copy", "input.value"),
          Map.entry("mdl", "nemo_relay.model_name"),
          Map.entry("my.q2", "my.q"),
          Map.entry("meta.k", "nemo_relay.start.metadata.k"),
          Map.entry("sess", "session.id"));

  private static Map<String, String> expected(String folder, String type, Set<String> leftOut)
      throws IOException {
    String resource = folder + "/spans." + type + ".json";
    String text = PeerEvents.text(resource);
    Map<String, String> spans = new TreeMap<>();
    for (Object element :
        (List<?>)
            Objects.requireNonNull(
                ((JsonTree.Members) Objects.requireNonNull(PeerEvents.parse(text))).get("spans"))) {
      JsonTree.Members span = (JsonTree.Members) Objects.requireNonNull(element);
      String key = String.valueOf(span.get("name")) + span.get("start_time_unix_nano");
      leftOut.forEach(span::remove);
      if (type.equals("gen_ai")) {
        JsonTree.Members attributes =
            (JsonTree.Members) Objects.requireNonNull(span.get("attributes"));
        attributes.keySet().removeAll(ON_EVERY_SPAN);
        attributes.replaceAll((name, value) -> corrected(Objects.requireNonNull(value)));
      }
      spans.put(key, JsonTree.write(spelledAlike(span)));
    }
    return spans;
  }

  /** Parts of messages in the convention's words. */
  private static Object corrected(Object value) {
    if (!(value instanceof JsonTree.Members members)
        || !(members.get("string") instanceof String text)) {
      return value;
    }
    for (List<String> correction : PARTS) {
      text = text.replace(correction.get(0), correction.get(1));
    }
    members.put("string", text);
    return members;
  }

  /** Fractions may be written in several ways. */
  static @Nullable Object spelledAlike(@Nullable Object value) {
    if (value instanceof JsonTree.Members members) {
      members.replaceAll((name, member) -> spelledAlike(member));
    } else if (value instanceof List<?> list) {
      return list.stream().map(RelayConformanceTest::spelledAlike).toList();
    } else if (value instanceof NumberText number && !number.integral()) {
      return new NumberText(Double.toString(number.asDouble()), false);
    }
    return value;
  }

  private static Map<String, String> shown(
      SpanAssembler.Assembly assembly, String type, Set<String> leftOut) {
    Map<String, String> spans = new TreeMap<>();
    for (SpanData span : assembly.spans()) {
      JsonTree.Members members = shown(span, type);
      String key = String.valueOf(members.get("name")) + members.get("start_time_unix_nano");
      leftOut.forEach(members::remove);
      spans.put(key, JsonTree.write(members));
    }
    return spans;
  }

  private static JsonTree.Members shown(SpanData span, String type) {
    JsonTree.Members out = new JsonTree.Members();
    boolean root = !span.getParentSpanContext().isValid();
    out.put("name", span.getName());
    out.put("kind", span.getKind().name());
    out.put("trace_id", span.getTraceId());
    out.put("span_id", span.getSpanId());
    out.put("parent_span_id", root ? "" : span.getParentSpanId());
    out.put("start_time_unix_nano", number(span.getStartEpochNanos()));
    out.put("end_time_unix_nano", number(span.getEndEpochNanos()));
    out.put("attributes", attributes(span.getAttributes(), type.equals("gen_ai")));
    out.put("events", span.getEvents().stream().map(RelayConformanceTest::shown).toList());
    JsonTree.Members status = new JsonTree.Members();
    status.put("code", span.getStatus().getStatusCode().name());
    status.put("message", span.getStatus().getDescription());
    out.put("status", status);
    if (!span.getResource().getAttributes().isEmpty()) {
      out.put("resource", attributes(span.getResource().getAttributes(), false));
    }
    return out;
  }

  private static JsonTree.Members shown(EventData event) {
    JsonTree.Members out = new JsonTree.Members();
    out.put("name", event.getName());
    out.put("time_unix_nano", number(event.getEpochNanos()));
    out.put("attributes", attributes(event.getAttributes(), false));
    return out;
  }

  static JsonTree.Members attributes(Attributes attributes, boolean conventions) {
    JsonTree.Members out = new JsonTree.Members();
    attributes.forEach(
        (key, value) -> {
          if (!key.getKey().startsWith("fairlead.")
              && !(conventions && ON_EVERY_SPAN.contains(key.getKey()))) {
            out.put(key.getKey(), value(value));
          }
        });
    return out;
  }

  private static JsonTree.Members value(Object value) {
    JsonTree.Members out = new JsonTree.Members();
    if (value instanceof List<?> list) {
      out.put("array", list.stream().map(RelayConformanceTest::value).toList());
    } else if (value instanceof Long integer) {
      out.put("int", number(integer));
    } else if (value instanceof Double fraction) {
      out.put("double", new NumberText(fraction.toString(), false));
    } else {
      out.put(value instanceof Boolean ? "bool" : "string", value);
    }
    return out;
  }

  private static NumberText number(long value) {
    return new NumberText(Long.toString(value), true);
  }
}
