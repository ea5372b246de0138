package io.fairlead.spi.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventInvariantsTest {

  private static EventHeader header(UUID uuid, long time) {
    return new EventHeader(uuid, null, uuid, time, "agent", Origin.of("jvm"));
  }

  @Test
  void anEndCarriesItsOwnStart() {
    ScopeStart start = new ScopeStart(header(new UUID(1, 1), 10), ScopeCategory.AGENT, null);
    EventHeader other = header(new UUID(2, 2), 20);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ScopeEnd(other, start, null, Outcome.UNSET, TimeQuality.EXACT, false));
  }

  @Test
  void aChildIsInItsParentsTraceAndAnEndHasItsStart() {
    EventHeader root = EventHeader.root(new UUID(1, 1), 10, "agent", Origin.of("jvm"));
    EventHeader child = root.child(new UUID(2, 2), 20, "call");
    EventHeader grandchild = child.child(new UUID(3, 3), 30, "part");

    assertThat(root.parentUuid()).isNull();
    assertThat(grandchild.parentUuid()).isEqualTo(child.uuid());
    assertThat(grandchild.traceRoot()).isEqualTo(child.traceRoot()).isEqualTo(root.uuid());

    ScopeEnd end = new ScopeStart(child, ScopeCategory.LLM, null).ended(25, null, Outcome.OK);
    assertThat(end.hasExactDuration()).isTrue();
    assertThat(end.durationNanos()).isEqualTo(5);
  }

  @Test
  void timesThat64BitsCannotHoldAreRefused() {
    assertThat(EpochNanos.of(Instant.parse("1969-12-31T23:59:59.999999999Z"))).isEqualTo(-1);
    assertThat(EpochNanos.of(Instant.ofEpochSecond(0, Long.MAX_VALUE))).isEqualTo(Long.MAX_VALUE);
    assertThatThrownBy(() -> EpochNanos.of(Instant.MAX)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void onlyObservedDurationsAreExact() {
    ScopeStart start = new ScopeStart(header(new UUID(1, 1), 10), ScopeCategory.AGENT, null);

    assertThat(end(start, 30, TimeQuality.EXACT, false).hasExactDuration()).isTrue();
    assertThat(end(start, 30, TimeQuality.APPROXIMATE, false).hasExactDuration()).isFalse();
    assertThat(end(start, 30, TimeQuality.EXACT, true).hasExactDuration()).isFalse();
    assertThat(end(start, 5, TimeQuality.EXACT, false).hasExactDuration()).isFalse();
  }

  private static ScopeEnd end(
      ScopeStart start, long time, TimeQuality quality, boolean incomplete) {
    return new ScopeEnd(
        start.header().at(time, null), start, null, Outcome.UNSET, quality, incomplete);
  }

  @Test
  void anErrorHasATypeAndNothingElseHas() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Outcome(Outcome.Status.ERROR, null, null));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Outcome(Outcome.Status.OK, "timeout", null));
  }

  @Test
  void costsAreComparedByValueNotByScale() {
    assertThat(cost("1.50")).isEqualTo(cost("1.5"));
    assertThat(cost("0.000")).isEqualTo(cost("0"));
    assertThatIllegalArgumentException().isThrownBy(() -> cost("-1"));
  }

  private static Cost cost(String amount) {
    return new Cost(new BigDecimal(amount), "USD", Cost.Status.ESTIMATED, Cost.Source.RUNTIME);
  }

  @Test
  void categoriesOfLaterVersionsAreUnknown() {
    assertThat(ScopeCategory.ofWireName("llm")).isEqualTo(ScopeCategory.LLM);
    assertThat(ScopeCategory.ofWireName("planner")).isEqualTo(ScopeCategory.UNKNOWN);
  }
}
