package io.fairlead.exporters.otel.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.exporters.otel.Events;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.TokenUsage;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FullProjectionTest {

  private static final Mark MARK = new Mark(Events.child("m", "tick", Events.T0 + 7));

  @Test
  void makesAMarkAnEventOfASpanInTheSameBatchAndASpanElse() {
    assertThat(project(Shape.DEFAULT, MARK, Events.turn("")))
        .singleElement()
        .satisfies(span -> assertThat(span.getEvents()).hasSize(1));
    assertThat(project(Shape.DEFAULT, MARK))
        .singleElement()
        .satisfies(
            span -> {
              assertThat(span.getName()).isEqualTo("mark:tick");
              assertThat(span.getEndEpochNanos()).isEqualTo(span.getStartEpochNanos());
              assertThat(attributes(span)).containsEntry("nemo_relay.mark.orphan", true);
            });
  }

  @Test
  void makesEachMarkASpanWhenAsked() {
    List<SpanData> spans = project(new Shape(true, true, Set.of("other")), MARK, Events.turn(""));
    assertThat(spans).extracting(SpanData::getName).containsExactly("mark:tick", "main");
    assertThat(attributes(spans.get(0)))
        .containsEntry("nemo_relay.mark.projection", "tool")
        .doesNotContainKey("nemo_relay.mark.orphan");
    assertThat(project(new Shape(true, true, Set.of("tick")), MARK, Events.turn(""))).hasSize(1);
  }

  @Test
  void keepsTheTypesOfPayloadsAndLeavesThemOutWhenAsked() {
    EventHeader header =
        Events.child("f", "work", Events.T0)
            .withData(
                new Json(
                    "{\"b\":true,\"i\":7,\"d\":2.0,\"u\":18446744073709551615,\"n\":null,"
                        + "\"o\":{\"z\":1,\"a\":[]}}"));
    Event end = Events.end(header, ScopeCategory.FUNCTION, null, Outcome.UNSET, 1);
    assertThat(attributes(project(Shape.DEFAULT, end).get(0)))
        .containsEntry("nemo_relay.start.data.b", true)
        .containsEntry("nemo_relay.start.input.i", 7L)
        .containsEntry("nemo_relay.start.data.d", 2.0)
        .containsEntry("nemo_relay.start.data.u", "18446744073709551615")
        .containsEntry("nemo_relay.start.data.o", "{\"a\":[],\"z\":1}")
        .doesNotContainKey("nemo_relay.start.data.n");
    assertThat(attributes(project(new Shape(false, false, Set.of()), end).get(0)).keySet())
        .noneMatch(name -> name.contains(".data.") || name.contains(".input."));
  }

  @Test
  void showsTypedFactsAndSums() {
    Map<String, Object> call =
        attributes(
            project(Shape.DEFAULT, Events.call("c", Events.llm().build(), Outcome.UNSET)).get(0));
    assertThat(call)
        .containsEntry("nemo_relay.llm.cost.total", 0.0123)
        .containsEntry("nemo_relay.llm.cost.currency", "USD")
        .containsEntry("nemo_relay.model_name", "gpt-4o-mini-2024-07-18")
        .containsEntry("fairlead.usage.input_tokens", 1150L);
    SpanData sum =
        project(Shape.DEFAULT, Events.report("u", 2, TokenUsage.of(5, 0, 0, 1, 0), null, 2)).get(0);
    assertThat(sum.getName()).isEqualTo("mark:usage");
    assertThat(attributes(sum)).containsEntry("fairlead.usage.unpriced_calls", 2L);
  }

  private static List<SpanData> project(Shape shape, Event... events) {
    ProjectionOptions plain = TestOptions.practice();
    return Projections.create(
            "full",
            new ProjectionOptions(
                plain.identity(), plain.profile(), plain.compat(), plain.aliases(), shape))
        .project(List.of(events));
  }

  private static Map<String, Object> attributes(SpanData span) {
    Map<String, Object> attributes = new TreeMap<>();
    span.getAttributes().forEach((key, value) -> attributes.put(key.getKey(), value));
    return attributes;
  }
}
