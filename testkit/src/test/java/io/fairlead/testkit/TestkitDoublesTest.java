package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.spi.event.Event;
import io.fairlead.testkit.RecordingSink.SimulatedCrash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestkitDoublesTest {

  @Test
  void aCrashTakesNeitherEventsNorState() {
    RecordingSink sink = new RecordingSink();
    List<Event> turn = Fixtures.turn();
    sink.commit(turn.subList(0, 2), Map.of("at", new byte[] {2}));
    sink.crashAtCommit(1);
    assertThatExceptionOfType(SimulatedCrash.class)
        .isThrownBy(() -> sink.commit(turn, Map.of("at", new byte[] {6})));
    assertThat(sink.events()).isEqualTo(turn.subList(0, 2));
    assertThat(sink.state().get("at")).containsExactly(2);
  }

  @Test
  void aStateVisitsAPrefixInOrderAndForgetsNulls() {
    InMemoryState state = new InMemoryState();
    state.apply(
        Map.of("b", new byte[1], "a/2", new byte[2], "a/1", new byte[1], "a0", new byte[0]));
    Map<String, byte @Nullable []> removal = new HashMap<>();
    removal.put("b", null);
    state.apply(removal);
    List<String> keys = new ArrayList<>();
    state.forEach("a/", (key, value) -> keys.add(key));
    assertThat(keys).containsExactly("a/1", "a/2");
    assertThat(state.get("b")).isNull();
  }

  @Test
  void aClockMovesOnlyWhenTold() {
    ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
    clock.advance(Duration.ofMinutes(5));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-03-01T10:05:00Z"));
  }

  @Test
  void aThreadThatStaysIsALeakUntilItEnds() throws Exception {
    ThreadLeaks leaks = ThreadLeaks.watch();
    CountDownLatch end = new CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              try {
                end.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "leaky");
    thread.start();
    assertThat(leaks.names()).containsExactly("leaky");
    end.countDown();
    leaks.assertNone();
  }

  @Test
  void aRandomTraceIsWellFormed() {
    RandomEvents random = new RandomEvents(3);
    List<Event> trace = random.trace(50);
    assertThat(trace).as("%s", random).hasSizeGreaterThanOrEqualTo(50);
    assertThat(trace.get(trace.size() - 1).header().uuid())
        .isEqualTo(trace.get(0).header().traceRoot());
    assertThat(new RandomEvents(3).trace(50)).isEqualTo(trace);
  }
}
