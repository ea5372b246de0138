package io.fairlead.exporters.otel.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.exporters.otel.Events;
import io.fairlead.exporters.otel.metrics.MapState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpanAssemblerTest {

  private final ScopeEnd turn = Events.turn("");
  private final Mark mark = new Mark(Events.child("m", "tick", Events.T0 + 7));

  @Test
  void keepsMarksForTheEndAcrossARestart() {
    MapState state = new MapState();
    SpanAssembler.Assembly before = full().assemble(List.of(turn.start(), mark));
    assertThat(before.spans()).isEmpty();
    state.save(before.state());

    SpanAssembler restarted = full();
    restarted.restore(state);
    SpanAssembler.Assembly after = restarted.assemble(List.of(turn));
    assertThat(after.spans())
        .singleElement()
        .satisfies(span -> assertThat(span.getEvents().get(0).getName()).isEqualTo("tick"));
    state.save(after.state());
    assertThat(state.keys()).allMatch(key -> key.startsWith("ended/"));
  }

  @Test
  void remembersNothingOfABatchThatWillComeAgain() {
    SpanAssembler assembler = full();
    assembler.assemble(List.of(turn.start(), mark));
    assembler.assemble(List.of(turn.start(), mark)).accept();
    assertThat(assembler.assemble(List.of(turn)).spans())
        .singleElement()
        .satisfies(span -> assertThat(span.getEvents()).hasSize(1));
  }

  @Test
  void showsAScopeThatEndsTwiceOnce() {
    SpanAssembler assembler = full();
    assembler.assemble(List.of(turn.start(), turn)).accept();
    assertThat(assembler.assemble(List.of(turn)).spans()).isEmpty();
  }

  @Test
  void showsAScopeThatEndsTwiceOnceAlsoAfterARestart() {
    MapState state = new MapState();
    SpanAssembler first = full();
    SpanAssembler.Assembly assembly = first.assemble(List.of(turn.start(), turn));
    assertThat(assembly.spans()).hasSize(1);
    state.save(assembly.state());
    assembly.accept();
    assertThat(first.assemble(List.of(turn)).spans()).isEmpty();

    SpanAssembler restarted = full();
    restarted.restore(state);
    assertThat(restarted.assemble(List.of(turn)).spans()).isEmpty();
    assertThat(restarted.assemble(List.of(turn.start(), turn)).spans())
        .as("begun once more")
        .hasSize(1);
  }

  @Test
  void remembersABoundedNumberOfEndedScopes() {
    MapState state = new MapState();
    int batch = 100;
    Event oldest = end("s0");
    for (int i = 0; i <= EndedScopes.MAX_ENDED; i += batch) {
      SpanAssembler restarted = full();
      restarted.restore(state);
      List<Event> ends = new ArrayList<>();
      for (int j = i; j < i + batch; j++) {
        ends.add(end("s" + j));
      }
      SpanAssembler.Assembly assembly = restarted.assemble(ends);
      assertThat(assembly.spans()).hasSize(batch);
      state.save(assembly.state());
    }
    assertThat(state.keys()).hasSize(EndedScopes.MAX_ENDED / batch);
    SpanAssembler restarted = full();
    restarted.restore(state);
    assertThat(restarted.assemble(List.of(end("s" + EndedScopes.MAX_ENDED))).spans()).isEmpty();
    assertThat(restarted.assemble(List.of(oldest)).spans()).hasSize(1);
  }

  private static Event end(String key) {
    return Events.end(
        Events.child(key, "work", Events.T0), ScopeCategory.FUNCTION, null, Outcome.UNSET, 1);
  }

  @Test
  void makesAMarkThatFindsNoRoomASpan() {
    List<Event> events = new ArrayList<>();
    events.add(turn.start());
    for (int i = 0; i <= SpanAssembler.MAX_MARKS; i++) {
      events.add(new Mark(Events.child("m" + i, "tick", Events.T0 + i)));
    }
    events.add(turn);
    List<SpanData> spans = full().assemble(events).spans();
    assertThat(spans).extracting(SpanData::getName).containsExactly("mark:tick", "main");
    assertThat(spans.get(1).getEvents()).hasSize(SpanAssembler.MAX_MARKS);
  }

  @Test
  void reportsTimesAndMetadataThatCannotBeExported() {
    List<Diagnostic> remarks = new ArrayList<>();
    ProjectionOptions plain = TestOptions.practice();
    ProjectionOptions options =
        new ProjectionOptions(
            plain.identity(),
            plain.profile(),
            Set.of(),
            Map.of(),
            Shape.DEFAULT,
            Set.of("app.", "llm."),
            Set.of(),
            remarks::add);
    EventHeader header =
        Events.child("f", "work", -5)
            .withMetadata(new Json("{\"app.o\":{},\"app.ok\":[1,2.5],\"llm.x\":1}"));
    Event end = Events.end(header, ScopeCategory.FUNCTION, null, Outcome.UNSET, 1);
    SpanData span = Projections.create("full", options).project(List.of(end)).get(0);
    assertThat(span.getStartEpochNanos()).isZero();
    assertThat(remarks)
        .extracting(Diagnostic::code)
        .contains(
            "otel.time_out_of_range",
            "otel.metadata_promotion_value_unsupported.app.o",
            "otel.metadata_promotion_value_unsupported.llm.x")
        .doesNotContain("otel.metadata_promotion_value_unsupported.app.ok");
    assertThat(remarks.toString()).doesNotContain("2.5");
  }

  @Test
  void reportsTheLastTimeThereIs() {
    List<Diagnostic> remarks = new ArrayList<>();
    ProjectionOptions plain = TestOptions.practice();
    ProjectionOptions options =
        new ProjectionOptions(
            plain.identity(),
            plain.profile(),
            Set.of(),
            Map.of(),
            Shape.DEFAULT,
            Set.of(),
            Set.of(),
            remarks::add);
    Mark late = new Mark(Events.child("m", "late", Long.MAX_VALUE));
    assertThat(Projections.create("full", options).project(List.of(late)))
        .singleElement()
        .satisfies(span -> assertThat(span.getEndEpochNanos()).isEqualTo(Long.MAX_VALUE));
    assertThat(remarks).extracting(Diagnostic::code).containsExactly("otel.time_out_of_range");
  }

  @Test
  void keepsTheRootsMetadataForWhatComesAfterItsEnd() {
    ProjectionOptions plain = TestOptions.practice();
    ProjectionOptions options =
        new ProjectionOptions(
            plain.identity(),
            plain.profile(),
            Set.of(),
            Map.of(),
            Shape.DEFAULT,
            Set.of(),
            Set.of("app."),
            remark -> {});
    EventHeader header = turn.header().withMetadata(new Json("{\"app.tenant\":\"t-1\"}"));
    ScopeEnd root = Events.end(header, ScopeCategory.AGENT, null, Outcome.UNSET, 1);
    SpanAssembler assembler = new SpanAssembler(Projections.create("full", options));
    assembler.assemble(List.of(root.start(), root)).accept();
    assertThat(assembler.assemble(List.of(mark)).spans())
        .singleElement()
        .satisfies(
            span ->
                assertThat(span.getResource().getAttributes().asMap().values()).contains("t-1"));
  }

  @Test
  void showsPayloadsOnceWhenAsked() {
    ProjectionOptions plain = TestOptions.practice();
    ProjectionOptions once =
        new ProjectionOptions(
            plain.identity(),
            plain.profile(),
            Set.of(),
            Map.of(),
            new Shape(true, false, Set.of(), PayloadStyle.FLATTENED, true));
    EventHeader header = Events.child("f", "work", Events.T0).withData(new Json("{\"a\":1}"));
    Event end = Events.end(header, ScopeCategory.FUNCTION, null, Outcome.UNSET, 1);
    SpanData span = Projections.create("full", once).project(List.of(end)).get(0);
    assertThat(span.getAttributes().asMap().keySet())
        .extracting(key -> key.getKey())
        .contains("nemo_relay.start.input.a")
        .doesNotContain("nemo_relay.start.data.a");
  }

  @Test
  void showsATypedCallInOpenInference() {
    ScopeEnd call = Events.call("c", Events.llm().build(), Outcome.UNSET);
    SpanData span =
        Projections.create("openinference", TestOptions.practice()).project(List.of(call)).get(0);
    assertThat(span.getAttributes().asMap().toString())
        .contains("openinference.span.kind=LLM")
        .contains("llm.model_name=gpt-4o-mini-2024-07-18")
        .contains("llm.token_count.prompt=1150")
        .contains("llm.token_count.prompt_details.cache_read=1000")
        .contains("llm.token_count.completion_details.reasoning=10")
        .contains("llm.cost.total=0.0123")
        .contains("llm.finish_reason=complete");
  }

  private static SpanAssembler full() {
    return new SpanAssembler(Projections.create("full", TestOptions.practice()));
  }
}
