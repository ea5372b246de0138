package io.fairlead.exporters.otel.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.exporters.otel.Events;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeLink;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class GenAiProjectionTest {

  @Test
  void showsACallWithInputThatIncludesTheCache() {
    SpanData span = only("practice", Events.call("c", Events.llm().build(), Outcome.UNSET));

    assertThat(span.getName()).isEqualTo("chat gpt-4o-mini");
    assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(attributes(span))
        .containsEntry("gen_ai.provider.name", "azure.ai.openai")
        .containsEntry("gen_ai.usage.input_tokens", 1150L)
        .containsEntry("gen_ai.usage.output_tokens", 40L)
        .containsEntry("gen_ai.usage.cache_read.input_tokens", 1000L)
        .containsEntry("gen_ai.usage.cache_write.input_tokens", 50L)
        .containsEntry("gen_ai.usage.reasoning.output_tokens", 10L)
        .containsEntry("gen_ai.response.finish_reasons", List.of("stop"))
        .containsEntry("gen_ai.conversation.id", "sess-1")
        .containsEntry("session.id", "sess-1")
        .containsEntry("server.address", "api.example.test")
        .containsEntry("server.port", 443L)
        .containsEntry("fairlead.attempt", 1L)
        .containsEntry("fairlead.cost.amount", 0.0123)
        .containsEntry("fairlead.cost.status", "estimated")
        .doesNotContainKeys("gen_ai.usage.cost", "gen_ai.system", "user.id");
  }

  @Test
  void leavesOutWhatIsNotKnown() {
    LlmProfile bare = LlmProfile.builder().usage(TokenUsage.totals(500, 100, 7)).build();
    assertThat(attributes(only("practice", Events.call("c", bare, Outcome.UNSET))))
        .containsEntry("gen_ai.usage.input_tokens", 500L)
        .containsEntry("gen_ai.provider.name", "openai")
        .doesNotContainKeys(
            "gen_ai.usage.cache_write.input_tokens",
            "gen_ai.usage.reasoning.output_tokens",
            "gen_ai.request.model",
            "gen_ai.request.stream",
            "server.address",
            "fairlead.cost.amount");
  }

  @Test
  void writesEachProfilesNames() {
    ScopeEnd call = Events.call("c", Events.llm().provider("xai").build(), Outcome.UNSET);
    assertThat(attributes(only("1.36", call)))
        .containsEntry("gen_ai.system", "xai")
        .doesNotContainKeys("gen_ai.provider.name", "gen_ai.usage.cache_read.input_tokens");
    assertThat(attributes(only("1.41", call)))
        .containsEntry("gen_ai.provider.name", "x_ai")
        .containsEntry("gen_ai.usage.cache_creation.input_tokens", 50L)
        .doesNotContainKey("gen_ai.usage.cache_write.input_tokens");
  }

  @Test
  void writesOlderNamesBesidesWhenAsked() {
    ScopeEnd call = Events.call("c", Events.llm().build(), Outcome.UNSET);
    SpanData span =
        Projections.create(
                "gen_ai",
                TestOptions.practice(
                    "gen_ai.system",
                    "gen_ai.usage.cache_creation.input_tokens",
                    "gen_ai.usage.prompt_tokens",
                    "langfuse"))
            .project(List.of(call))
            .get(0);
    assertThat(attributes(span))
        .containsEntry("gen_ai.system", "azure.ai.openai")
        .containsEntry("gen_ai.usage.cache_creation.input_tokens", 50L)
        .containsEntry("gen_ai.usage.prompt_tokens", 1150L)
        .containsEntry("gen_ai.usage.cost", 0.0123)
        .doesNotContainKey("gen_ai.usage.completion_tokens");
  }

  @Test
  void showsFailuresWithTheirType() {
    SpanData span = only("practice", Events.tool("t", "bash", Outcome.error("exit_code", "1")));
    assertThat(span.getName()).isEqualTo("execute_tool bash");
    assertThat(span.getKind()).isEqualTo(SpanKind.INTERNAL);
    assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(span.getStatus().getDescription()).isEqualTo("1");
    assertThat(attributes(span)).containsEntry("error.type", "exit_code");
  }

  @Test
  void showsASumAsASpanThatIsNoCall() {
    SpanData span = only("practice", Events.report("u", 3, TokenUsage.of(10, 0, 0, 5, 0), null, 3));
    assertThat(span.getName()).isEqualTo("usage claude");
    assertThat(span.getStartEpochNanos()).isEqualTo(span.getEndEpochNanos());
    assertThat(attributes(span))
        .containsEntry("fairlead.usage.calls", 3L)
        .containsEntry("fairlead.usage.input_tokens", 10L)
        .containsEntry("session.id", "sess-1");
    assertThat(attributes(span).keySet()).noneMatch(name -> name.startsWith("gen_ai."));
  }

  @Test
  void derivesIdsFromUuidsAndShowsLinks() {
    ScopeLink link =
        new ScopeLink(
            StableIds.uuid("other", "root"), StableIds.uuid("other", "scope"), "announces");
    EventHeader header = Events.child("linked", "main", Events.T0);
    ScopeStart start = new ScopeStart(header, ScopeCategory.AGENT, List.of(), null, List.of(link));
    SpanData span =
        only(
            "practice",
            new ScopeEnd(
                header.at(Events.T0 - 5, null),
                start,
                null,
                Outcome.UNSET,
                TimeQuality.APPROXIMATE,
                true));

    assertThat(span.getTraceId()).isEqualTo(header.traceRoot().toString().replace("-", ""));
    assertThat(span.getSpanId()).isEqualTo(header.uuid().toString().replace("-", "").substring(16));
    assertThat(span.getParentSpanId())
        .isEqualTo(header.traceRoot().toString().replace("-", "").substring(16));
    assertThat(span.getEndEpochNanos()).isLessThan(span.getStartEpochNanos());
    assertThat(span.getLinks()).hasSize(1);
    assertThat(span.getLinks().get(0).getSpanContext().getSpanId())
        .isEqualTo(link.scope().toString().replace("-", "").substring(16));
    assertThat(attributes(span))
        .containsEntry("fairlead.time", "approximate")
        .containsEntry("fairlead.incomplete", true);
  }

  @Test
  void showsContentOnlyWhenItWasCaptured() {
    assertThat(attributes(only("practice", Events.turn(""))))
        .doesNotContainKeys("gen_ai.input.messages", "gen_ai.output.messages");

    EventHeader header =
        Events.child("said", "main", Events.T0).withData(Json.ofString("say \"hi\""));
    ScopeEnd end =
        new ScopeEnd(
            header.at(Events.T0 + 1, new Json("{\"unknown\":\"shape\"}")),
            new ScopeStart(header, ScopeCategory.AGENT, null),
            null,
            Outcome.UNSET,
            TimeQuality.EXACT,
            false);
    assertThat(attributes(only("practice", end)))
        .containsEntry(
            "gen_ai.input.messages",
            "[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"say \\\"hi\\\"\"}]}]")
        .doesNotContainKey("gen_ai.output.messages");
  }

  @Test
  void showsWhatMetadataStatesOfAgentsAndToolsAndNothingOfArguments() {
    assertThat(
            stated(
                ScopeCategory.AGENT,
                "{\"agent_description\":\"plans\",\"request\":{\"gen_ai.request.model\":\"m-1\"},\"tool_type\":\"x\"}",
                "{}"))
        .containsEntry("gen_ai.agent.description", "plans")
        .containsEntry("gen_ai.request.model", "m-1")
        .doesNotContainKey("gen_ai.tool.type");
    assertThat(
            stated(
                ScopeCategory.TOOL,
                "{\"tool_type\":\"function\",\"gen_ai.tool.call.id\":\"7\",\"model\":\"m-1\"}",
                "{\"description\":\"an argument\"}"))
        .containsEntry("gen_ai.tool.type", "function")
        .containsEntry("gen_ai.tool.call.id", "7")
        .doesNotContainKeys("gen_ai.tool.description", "gen_ai.request.model");
  }

  @Test
  void showsTheTypedFactsOfEmbeddings() {
    LlmProfile known =
        LlmProfile.builder()
            .operation("embeddings")
            .provider("azure")
            .requestModel("text-embedding-3")
            .responseModel("text-embedding-3-2")
            .server("emb.example", 0)
            .usage(TokenUsage.totals(8, TokenUsage.UNKNOWN, TokenUsage.UNKNOWN))
            .build();
    EventHeader header = Events.child("emb", "embed", Events.T0);
    SpanData span =
        only(
            "practice",
            Events.end(header, ScopeCategory.EMBEDDER, known, Outcome.UNSET, 1_000_000L));
    assertThat(span.getName()).isEqualTo("embeddings text-embedding-3");
    assertThat(attributes(span))
        .containsEntry("gen_ai.provider.name", "azure.ai.openai")
        .containsEntry("gen_ai.request.model", "text-embedding-3")
        .containsEntry("gen_ai.response.model", "text-embedding-3-2")
        .containsEntry("gen_ai.usage.input_tokens", 8L)
        .containsEntry("server.address", "emb.example")
        .doesNotContainKey("server.port");
  }

  private static Map<String, Object> stated(ScopeCategory category, String metadata, String data) {
    EventHeader header =
        Events.child("stated", "main", Events.T0)
            .withMetadata(new Json(metadata))
            .withData(new Json(data));
    return attributes(
        only("practice", Events.end(header, category, null, Outcome.UNSET, 1_000_000L)));
  }

  @Test
  void omitsMarksAndCutsLongSessionIds() {
    Mark mark = new Mark(Events.child("m", "tick", Events.T0));
    assertThat(Projections.create("gen_ai", TestOptions.practice()).project(List.of(mark)))
        .isEmpty();

    AttributeSheet sheet = new AttributeSheet();
    sheet.sessionId("session.id", "x".repeat(300));
    sheet.text("long", "y".repeat(AttributeSheet.MAX_TEXT + 1));
    sheet.json("json", "\"" + "z".repeat(AttributeSheet.MAX_TEXT) + "\"");
    Map<String, Object> built = new TreeMap<>();
    sheet.copy(Map.of("alias", "session.id"));
    sheet.build().forEach((key, value) -> built.put(key.getKey(), value));
    assertThat(built)
        .containsEntry("session.id", "x".repeat(250))
        .containsEntry("alias", "x".repeat(250))
        .containsEntry("long", "y".repeat(AttributeSheet.MAX_TEXT))
        .containsEntry("fairlead.truncated", true)
        .doesNotContainKey("json");
  }

  private static SpanData only(String profile, Event event) {
    List<SpanData> spans =
        Projections.create("gen_ai", TestOptions.of(profile)).project(List.of(event));
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }

  private static Map<String, Object> attributes(SpanData span) {
    Map<String, Object> attributes = new TreeMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }
}
