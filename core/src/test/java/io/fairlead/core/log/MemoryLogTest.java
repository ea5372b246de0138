package io.fairlead.core.log;

import static io.fairlead.core.TestEvents.mark;
import static io.fairlead.core.TestEvents.marks;
import static io.fairlead.core.TestEvents.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.validation.KernelSettings.Overflow;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class MemoryLogTest {

  private final List<Diagnostic> findings = new CopyOnWriteArrayList<>();

  private MemoryLog log(int capacity, Overflow overflow) {
    return new MemoryLog(capacity, overflow, findings::add);
  }

  private static LogReader reader(MemoryLog log, String name, boolean required) {
    return log.open(name, required, Beginning.NEWEST, () -> {});
  }

  @Test
  void dropsTheNewestAndCountsIt() throws Exception {
    MemoryLog log = log(3, Overflow.DROP_NEWEST);
    LogReader reader = reader(log, "a", true);
    marks(1, 5).forEach(log::offer);

    assertThat(names(reader.read(10))).containsExactly("mark-1", "mark-2", "mark-3");
    assertThat(log.lost()).isEqualTo(2);
    assertThat(reader.dropped()).isZero();
    assertThat(findings).hasSize(2).allMatch(f -> f.code().equals("fairlead.events_dropped"));
  }

  @Test
  void dropsTheOldestForThoseWhoHaveNotReadIt() throws Exception {
    MemoryLog log = log(3, Overflow.DROP_OLDEST);
    LogReader slow = reader(log, "slow", true);
    LogReader fast = reader(log, "fast", true);
    marks(1, 3).forEach(log::offer);
    fast.read(10);
    marks(4, 5).forEach(log::offer);

    assertThat(names(slow.read(10))).containsExactly("mark-3", "mark-4", "mark-5");
    assertThat(slow.dropped()).isEqualTo(2);
    assertThat(fast.dropped()).isZero();
    assertThat(names(fast.read(10))).containsExactly("mark-4", "mark-5");
    assertThat(log.lost()).isZero();
    assertThat(findings).hasSize(2);
  }

  @Test
  void aSuccessorGoesOnWhereAReaderHasLeft() throws Exception {
    MemoryLog log = log(10, Overflow.DROP_NEWEST);
    LogReader first = reader(log, "a", true);
    marks(1, 4).forEach(log::offer);
    first.read(1);
    first.acknowledge(Map.of("key", new byte[] {7}));
    first.read(2); // on their way, and not acknowledged
    first.close(false);
    log.offer(mark(5));

    LogReader second = reader(log, "a", true);
    assertThat(second.pending()).isEqualTo(4);
    assertThat(second.position()).isEqualTo(1);
    assertThat(second.state().get("key")).containsExactly(7);
    assertThat(names(second.read(1))).containsExactly("mark-2");
    second.acknowledge(Map.of());
    assertThat(second.position()).isEqualTo(2);
    assertThatThrownBy(() -> first.acknowledge(Map.of())).isInstanceOf(LogException.class);
    first.close(true);
    assertThat(names(second.read(10))).containsExactly("mark-3", "mark-4", "mark-5");
    second.acknowledge(Map.of());
    assertThat(second.pending()).isZero();
  }

  @Test
  void aPlaceThatIsForgottenHoldsNothing() throws Exception {
    MemoryLog log = log(10, Overflow.DROP_NEWEST);
    LogReader left = reader(log, "a", true);
    log.offer(mark(1));
    left.close(false);
    assertThat(log.hasReaders()).isTrue();
    log.forgetOthers();
    assertThat(log.hasReaders()).isFalse();
    assertThat(reader(log, "a", true).pending()).isZero();
  }

  @Test
  void blocksUntilThereIsRoom() throws Exception {
    MemoryLog log = log(2, Overflow.BLOCK);
    LogReader reader = reader(log, "a", true);
    marks(1, 2).forEach(log::offer);
    CompletableFuture<Void> third = CompletableFuture.runAsync(() -> log.offer(mark(3)));

    await().until(() -> threadsWaitingForRoom() > 0);
    assertThat(third).isNotDone();
    assertThat(reader.read(1)).hasSize(1);
    third.join();
    assertThat(names(reader.read(10))).containsExactly("mark-2", "mark-3");
    assertThat(findings).isEmpty();
  }

  @Test
  void aSourceWaitsForRequiredReadersAndIsAllOrNothing() throws Exception {
    MemoryLog log = log(4, Overflow.DROP_NEWEST);
    LogReader reader = reader(log, "a", true);
    log.append("s", marks(1, 3), Map.of("at", new byte[] {3}));
    CompletableFuture<Void> second =
        CompletableFuture.runAsync(() -> appendQuietly(log, Map.of("at", new byte[] {6})));

    await().until(() -> threadsWaitingForRoom() > 0);
    assertThat(log.newest()).isEqualTo(3);
    assertThat(log.sourceState("s").get("at")).containsExactly(3);
    assertThat(reader.read(2)).hasSize(2);
    second.join();
    assertThat(names(reader.read(10))).containsExactly("mark-3", "mark-4", "mark-5", "mark-6");
    assertThat(log.sourceState("s").get("at")).containsExactly(6);
    assertThat(log.lost()).isZero();
  }

  @Test
  void anInterruptedSourceTookNothing() throws Exception {
    MemoryLog log = log(1, Overflow.DROP_NEWEST);
    LogReader reader = reader(log, "a", true);
    log.append("s", marks(1, 1), Map.of());
    Thread source = new Thread(() -> appendQuietly(log, Map.of("at", new byte[] {9})));
    source.start();
    await().until(() -> threadsWaitingForRoom() > 0);
    source.interrupt();
    source.join();

    assertThat(names(reader.read(10))).containsExactly("mark-1");
    assertThat(log.sourceState("s").get("at")).isNull();
  }

  @Test
  void aReaderThatIsNotRequiredIsMovedForwardInsteadOfHoldingASource() throws Exception {
    MemoryLog log = log(3, Overflow.DROP_NEWEST);
    LogReader optional = reader(log, "optional", false);
    LogReader required = reader(log, "required", true);
    log.append(null, marks(1, 3), Map.of());
    required.read(10);
    log.append(null, marks(4, 5), Map.of());

    assertThat(names(optional.read(10))).containsExactly("mark-3", "mark-4", "mark-5");
    assertThat(optional.dropped()).isEqualTo(2);
    assertThat(optional.position()).isEqualTo(2);
    assertThat(required.dropped()).isZero();
  }

  @Test
  void aPieceLargerThanTheLogFitsAnEmptyOne() throws Exception {
    MemoryLog log = log(2, Overflow.DROP_NEWEST);
    LogReader reader = reader(log, "a", true);
    log.append(null, marks(1, 1000), Map.of());
    assertThat(names(reader.read(2000))).isEqualTo(names(marks(1, 1000)));
  }

  @Test
  void withoutReadersNothingIsKept() {
    MemoryLog log = log(2, Overflow.DROP_NEWEST);
    marks(1, 100).forEach(log::offer);
    assertThat(log.newest()).isZero();
    assertThat(log.lost()).isZero();
  }

  private static void appendQuietly(MemoryLog log, Map<String, byte[]> state) {
    try {
      log.append("s", marks(4, 6), state);
    } catch (LogException | InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long threadsWaitingForRoom() {
    return Thread.getAllStackTraces().values().stream()
        .filter(
            stack ->
                List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().equals(MemoryLog.class.getName()))
                    && List.of(stack).stream()
                        .anyMatch(frame -> frame.getMethodName().equals("await")))
        .count();
  }
}
