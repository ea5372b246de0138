package io.fairlead.exporters.otel.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.exporters.otel.Events;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TimeQuality;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shown of events of our adapters beyond what NeMo Relay shows of its own. */
class OwnEventsTest {

  private static final Json FOREIGN = new Json("{\"fairlead.atof\":{}}");

  @ParameterizedTest
  @EnumSource
  void namesTheSessionOnEachSpanAsATraceMayHoldTurnsOfSeveral(PayloadStyle style) {
    Shape shape = new Shape(true, false, Set.of(), style, false);
    for (String type : List.of("full", "openinference")) {
      assertThat(attributes(only(type, shape, Events.tool("t", "bash", Outcome.UNSET))))
          .containsEntry("session.id", "sess-1");
      assertThat(attributes(only(type, shape, mark("tick", true, null))))
          .containsEntry("session.id", "sess-1");
    }
  }

  @Test
  void namesTheSessionOfAnotherProgramsEventsOnTheRootAlone() {
    ScopeEnd tool = Events.tool("t", "bash", Outcome.UNSET);
    assertThat(attributes(only("full", Shape.DEFAULT, foreign(tool))))
        .doesNotContainKey("session.id");
    assertThat(attributes(only("full", Shape.DEFAULT, foreign(Events.turn("")))))
        .containsEntry("session.id", "sess-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {Mark.SESSION_STARTED, Mark.SESSION_ENDED})
  void makesNoTraceOfAMarkAboutASession(String name) {
    for (String type : List.of("full", "openinference")) {
      assertThat(project(type, Shape.DEFAULT, mark(name, false, null))).isEmpty();
      assertThat(project(type, new Shape(true, true, Set.of()), mark(name, false, null))).isEmpty();
      assertThat(project(type, Shape.DEFAULT, mark(name, true, null))).hasSize(1);
      assertThat(project(type, Shape.DEFAULT, mark(name, false, FOREIGN))).hasSize(1);
    }
  }

  @Test
  void showsWordsAsWords() {
    ScopeEnd turn = said(Events.turn(""), "\"What is \\\"up\\\"?\"", "\"All well.\"");
    assertThat(attributes(only("openinference", Shape.DEFAULT, turn)))
        .containsEntry("input.value", "What is \"up\"?")
        .containsEntry("input.mime_type", "text/plain")
        .containsEntry("output.value", "All well.");
    assertThat(attributes(only("openinference", Shape.DEFAULT, foreign(turn))))
        .containsEntry("input.value", "\"What is \\\"up\\\"?\"")
        .containsEntry("input.mime_type", "application/json");
  }

  @Test
  void makesMessagesOfTheWordsOfACall() {
    ScopeEnd call = said(call(), "\"hello\"", "\"hi\"");
    assertThat(attributes(only("openinference", Shape.DEFAULT, call)))
        .containsEntry("llm.input_messages.0.message.role", "user")
        .containsEntry("llm.input_messages.0.message.content", "hello")
        .containsEntry("llm.output_messages.0.message.role", "assistant")
        .containsEntry("llm.output_messages.0.message.content", "hi");
    assertThat(attributes(only("openinference", Shape.DEFAULT, foreign(call))).keySet())
        .noneMatch(name -> name.contains("_messages"));
  }

  @Test
  void makesMessagesOfBodiesThatNoGatewayWrapped() {
    ScopeEnd call =
        said(
            call(),
            "{\"messages\":[{\"role\":\"user\",\"content\":\"count\"},{\"role\":\"assistant\","
                + "\"content\":null,\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\","
                + "\"function\":{\"name\":\"exec\",\"arguments\":\"{\\\"b\\\":1}\"}}]},"
                + "{\"role\":\"tool\",\"tool_call_id\":\"c1\",\"content\":\"7\"}]}",
            "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"wait\","
                + "\"tool_calls\":[{\"id\":\"c2\",\"type\":\"function\",\"function\":"
                + "{\"name\":\"exec\",\"arguments\":\"{}\"}}]},\"finish_reason\":\"tool_calls\"}]}");
    assertThat(attributes(only("openinference", Shape.DEFAULT, call)))
        .containsEntry("llm.input_messages.0.message.content", "count")
        .containsEntry("llm.input_messages.2.message.role", "tool")
        .containsEntry("llm.input_messages.2.message.tool_call_id", "c1")
        .containsEntry("llm.input_messages.2.message.content", "7")
        .containsEntry("llm.output_messages.0.message.content", "wait")
        .containsEntry("llm.output_messages.0.message.tool_calls.0.tool_call.id", "c2");
  }

  @Test
  void fillsTheColumnsOfMlflowWhenAsked() {
    ScopeEnd turn =
        said(
            Events.end(
                Events.turn("").start().header(),
                ScopeCategory.AGENT,
                new AgentProfile("main", TurnKind.USER, null, Events.cost("0.5")),
                Outcome.UNSET,
                1),
            "\"a \\\"b\\\"\"",
            "{\"r\":1}");
    assertThat(mlflow(turn))
        .containsEntry("mlflow.llm.cost", "{\"total_cost\":0.5}")
        .containsEntry("user.id", "main")
        .containsEntry(
            "mlflow.spanInputs", "{\"messages\":[{\"role\":\"user\",\"content\":\"a \\\"b\\\"\"}]}")
        .containsEntry("mlflow.spanOutputs", "{\"r\":1}");
    assertThat(mlflow(said(call(), "\"x\"", null)))
        .containsEntry("mlflow.llm.cost", "{\"total_cost\":0.0123}")
        .doesNotContainKeys("mlflow.spanInputs", "mlflow.spanType", "user.id");
    assertThat(
            mlflow(
                Events.end(
                    Events.child("f", "f", Events.T0),
                    ScopeCategory.FUNCTION,
                    null,
                    Outcome.UNSET,
                    1)))
        .containsEntry("mlflow.spanType", "CHAIN")
        .doesNotContainKeys("mlflow.llm.cost", "mlflow.spanInputs");
    assertThat(attributes(only("gen_ai", Shape.DEFAULT, turn)).keySet())
        .noneMatch(name -> name.startsWith("mlflow.") || name.startsWith("user."));
  }

  private static Map<String, Object> mlflow(Event event) {
    return attributes(
        Projections.create("gen_ai", TestOptions.practice("mlflow"))
            .project(List.of(event))
            .get(0));
  }

  private static ScopeEnd call() {
    return Events.call("c", Events.llm().build(), Outcome.UNSET);
  }

  private static Mark mark(String name, boolean inScope, @Nullable Json unknown) {
    EventHeader child = Events.child("m", name, Events.T0);
    EventHeader alone =
        new EventHeader(
            StableIds.uuid("test", "m"),
            null,
            StableIds.uuid("test", "m"),
            Events.T0,
            name,
            child.origin());
    return new Mark(with(inScope ? child : alone, unknown));
  }

  private static ScopeEnd said(ScopeEnd end, @Nullable String input, @Nullable String output) {
    return end(
        end,
        end.start().header().withData(input == null ? null : new Json(input)),
        end.header().withData(output == null ? null : new Json(output)));
  }

  private static ScopeEnd foreign(ScopeEnd end) {
    return end(end, with(end.start().header(), FOREIGN), with(end.header(), FOREIGN));
  }

  private static ScopeEnd end(ScopeEnd end, EventHeader start, EventHeader last) {
    Profile profile = end.profile();
    return new ScopeEnd(
        last,
        new ScopeStart(start, end.category(), profile),
        profile,
        end.outcome(),
        TimeQuality.EXACT,
        false);
  }

  private static EventHeader with(EventHeader header, @Nullable Json unknown) {
    return new EventHeader(
        header.uuid(),
        header.parentUuid(),
        header.traceRoot(),
        header.timeNanos(),
        header.name(),
        header.origin(),
        header.data(),
        header.metadata(),
        header.dataSchema(),
        unknown);
  }

  private static SpanData only(String type, Shape shape, Event event) {
    List<SpanData> spans = project(type, shape, event);
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }

  private static List<SpanData> project(String type, Shape shape, Event event) {
    ProjectionOptions plain = TestOptions.practice();
    return Projections.create(
            type,
            new ProjectionOptions(
                plain.identity(), plain.profile(), plain.compat(), plain.aliases(), shape))
        .project(List.of(event));
  }

  private static Map<String, Object> attributes(SpanData span) {
    Map<String, Object> attributes = new TreeMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }
}
