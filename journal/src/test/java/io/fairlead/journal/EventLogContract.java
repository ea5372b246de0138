package io.fairlead.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.LogReader;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import io.fairlead.testkit.RandomEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log promises. */
abstract class EventLogContract {

  private EventLog log;

  abstract EventLog open() throws Exception;

  @BeforeEach
  void openLog() throws Exception {
    log = open();
  }

  @AfterEach
  void closeLog() {
    log.close();
  }

  private LogReader reader(String name, Beginning beginning) throws LogException {
    return log.open(name, true, beginning, () -> {});
  }

  private static List<Event> events(long seed, int count) {
    RandomEvents random = new RandomEvents(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      events.add(random.next());
    }
    return events;
  }

  private static Map<String, byte @Nullable []> state(String key, @Nullable String value) {
    Map<String, byte @Nullable []> state = new HashMap<>();
    state.put(key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
    return state;
  }

  private static @Nullable String text(SourceState state, String key) {
    byte[] value = state.get(key);
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  @Test
  void givesEqualEventsInOrderToEveryReader() throws Exception {
    LogReader one = reader("one", Beginning.NEWEST);
    LogReader two = reader("two", Beginning.NEWEST);
    List<Event> events = events(42, 50);
    log.append("source", events.subList(0, 20), Map.of());
    log.append("source", events.subList(20, 50), Map.of());

    List<Event> seen = new ArrayList<>(one.read(7));
    one.acknowledge(Map.of());
    seen.addAll(one.read(100));
    assertThat(seen).as("seed 42").isEqualTo(events);
    assertThat(two.read(100)).isEqualTo(events);
    assertThat(two.read(100)).isEmpty();
    assertThat(log.newest()).isEqualTo(50);
  }

  @Test
  void countsWhatIsPendingUntilItIsAcknowledged() throws Exception {
    LogReader reader = reader("a", Beginning.NEWEST);
    log.append(null, events(1, 5), Map.of());
    assertThat(reader.pending()).isEqualTo(5);
    reader.read(3);
    assertThat(reader.pending()).isEqualTo(5);
    assertThat(reader.position()).isZero();
    reader.acknowledge(Map.of());
    assertThat(reader.pending()).isEqualTo(2);
    assertThat(reader.position()).isEqualTo(3);
    assertThat(reader.dropped()).isZero();
  }

  @Test
  void aNewReaderBeginsWhereItAsksTo() throws Exception {
    LogReader holder = reader("holder", Beginning.NEWEST);
    log.append(null, events(2, 4), Map.of());
    assertThat(reader("late", Beginning.NEWEST).pending()).isZero();
    assertThat(reader("all", Beginning.OLDEST).pending()).isEqualTo(4);
    assertThat(holder.pending()).isEqualTo(4);
  }

  @Test
  void keepsASourcesStateInKeyOrder() throws Exception {
    SourceState state = log.sourceState("s");
    log.append("s", List.of(), state("a/2", "two"));
    log.append("s", List.of(), state("a/1", "one"));
    log.append("s", List.of(), state("b", "other"));
    log.append("t", List.of(), state("a/3", "foreign"));
    List<String> visited = new ArrayList<>();
    state.forEach(
        "a/", (key, value) -> visited.add(key + "=" + new String(value, StandardCharsets.UTF_8)));
    assertThat(visited).containsExactly("a/1=one", "a/2=two");

    log.append("s", List.of(), state("a/1", null));
    assertThat(text(state, "a/1")).isNull();
    assertThat(text(state, "a/2")).isEqualTo("two");
  }

  @Test
  void savesAReadersStateWithItsPosition() throws Exception {
    LogReader reader = reader("a", Beginning.NEWEST);
    log.append(null, events(3, 2), Map.of());
    reader.read(1);
    reader.acknowledge(state("sum", "1"));
    reader.read(1);
    reader.acknowledge(state("sum", "2"));
    assertThat(text(reader.state(), "sum")).isEqualTo("2");
    assertThat(text(log.sourceState("a"), "sum")).as("sources are apart").isNull();
  }

  @Test
  void wakesOnceWhenSoManyWait() throws Exception {
    AtomicInteger woken = new AtomicInteger();
    LogReader reader = log.open("a", true, Beginning.NEWEST, woken::incrementAndGet);
    log.append(null, events(4, 1), Map.of());
    assertThat(woken).hasValue(0);
    assertThat(reader.wakeWhen(1)).isTrue();
    assertThat(reader.wakeWhen(3)).isFalse();
    log.append(null, events(5, 1), Map.of());
    assertThat(woken).hasValue(0);
    log.append(null, events(6, 2), Map.of());
    log.append(null, events(7, 2), Map.of());
    assertThat(woken).hasValue(1);
  }

  @Test
  void namesAreTakenWhileOpen() throws Exception {
    LogReader first = reader("a", Beginning.NEWEST);
    assertThatThrownBy(() -> reader("a", Beginning.NEWEST))
        .isInstanceOf(IllegalArgumentException.class);
    first.close(false);
    reader("a", Beginning.NEWEST);
  }

  @Test
  void takesNothingOnceClosed() throws Exception {
    log.close();
    log.close();
    assertThatThrownBy(() -> log.append(null, events(8, 1), Map.of()))
        .isInstanceOf(LogException.class);
  }
}
