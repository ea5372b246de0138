package io.fairlead.core.dispatch;

import static io.fairlead.core.TestEvents.mark;
import static io.fairlead.core.TestEvents.marks;
import static io.fairlead.core.TestEvents.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fairlead.core.ActivePlugins;
import io.fairlead.core.CloseReport;
import io.fairlead.core.Hubs;
import io.fairlead.core.KernelOptions;
import io.fairlead.core.Recorder;
import io.fairlead.core.RuntimeDiagnostic;
import io.fairlead.core.TestEvents;
import io.fairlead.core.validation.KernelSettings;
import io.fairlead.spi.KernelStatus.SubscriberStatus;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HubTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Pauses SHORT = new Pauses(Duration.ofMillis(5), Duration.ofMillis(50));

  private final KernelOptions options =
      KernelOptions.builder()
          .retryPauses(SHORT)
          .clock(InstantSource.fixed(Instant.ofEpochSecond(1000)))
          .build();
  private final ActivePlugins kernel = Hubs.inMemory(KernelSettings.DEFAULT, options);

  @AfterEach
  void closeAndLeaveNoThread() {
    kernel.close(Duration.ofSeconds(2));
    await().untilAsserted(() -> assertThat(fairleadThreads()).isEmpty());
  }

  private static List<String> fairleadThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("fairlead-") && !name.equals("fairlead-deaf"))
        .toList();
  }

  @Test
  void deliversInOrderAndOnlyWhatCameAfterRegistration() {
    kernel.hub().emit(mark(0));
    Recorder recorder = new Recorder();
    kernel.hub().register("a", recorder);
    marks(1, 1000).forEach(kernel.hub()::emit);

    assertThat(kernel.hub().flush("a", SOON)).isTrue();
    assertThat(names(recorder.events)).isEqualTo(names(marks(1, 1000)));
    assertThat(kernel.status().events()).isEqualTo(1001);
    SubscriberStatus status = kernel.status().subscribers().get(0);
    assertThat(status).isEqualTo(new SubscriberStatus("a", 1000, 0, 0, 0, null));
  }

  static Stream<Arguments> truths() {
    DeliveryResult done = DeliveryResult.done(3);
    return Stream.of(
        Arguments.of("accepted", new DeliveryResult[] {done}, true, 3L, 0L),
        Arguments.of(
            "partly refused",
            new DeliveryResult[] {DeliveryResult.rejected(1, 2, "bad span")},
            false,
            1L,
            2L),
        Arguments.of(
            "late but accepted",
            new DeliveryResult[] {
              DeliveryResult.retry("busy", null),
              DeliveryResult.retry("busy", Duration.ofMillis(1)),
              done
            },
            true,
            3L,
            0L));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("truths")
  void flushTellsTheTruth(
      String name, DeliveryResult[] answers, boolean accepted, long delivered, long failed) {
    Recorder recorder =
        new Recorder(new Subscriber.Settings(3, Duration.ofHours(1), Duration.ZERO, true), 0)
            .answering(answers);
    kernel.hub().register("a", recorder);
    marks(1, 3).forEach(kernel.hub()::emit);

    assertThat(kernel.hub().flush("a", SOON)).isEqualTo(accepted);
    SubscriberStatus status = kernel.status().subscribers().get(0);
    assertThat(status.delivered()).isEqualTo(delivered);
    assertThat(status.failed()).isEqualTo(failed);
    assertThat(status.pending()).isZero();
    assertThat(recorder.attempts).hasValue(answers.length);
    assertThat(kernel.flush(SOON).complete()).as("a loss is told once").isTrue();
  }

  @Test
  void pausesGrowOnlyWhileNothingIsTaken() {
    KernelOptions growing =
        KernelOptions.builder()
            .retryPauses(new Pauses(Duration.ofMillis(1), Duration.ofHours(1)))
            .build();
    DeliveryResult[] answers = new DeliveryResult[30];
    Arrays.fill(
        answers, new DeliveryResult(DeliveryResult.Kind.RETRY, 1, 0, "busy", null, Map.of()));
    answers[29] = DeliveryResult.done(30);
    Recorder recorder =
        new Recorder(new Subscriber.Settings(1, Duration.ZERO, Duration.ZERO, true), 0)
            .answering(answers);
    try (ActivePlugins own = Hubs.inMemory(KernelSettings.DEFAULT, growing)) {
      own.hub().register("a", recorder);
      own.hub().emit(mark(1));
      await().atMost(SOON).untilAsserted(() -> assertThat(recorder.attempts).hasValue(30));
      assertThat(own.hub().flush("a", SOON)).isTrue();
    }
  }

  @Test
  void flushOfNobodyAndOfSomebodyLateIsFalse() {
    Recorder held = new Recorder(Recorder.QUICK, 1);
    kernel.hub().register("held", held);
    kernel.hub().emit(mark(1));

    assertThat(kernel.hub().flush("nobody", SOON)).isFalse();
    assertThat(kernel.hub().flush("held", Duration.ofMillis(20))).isFalse();
    SubscriberOutcome late = kernel.flush(Duration.ofMillis(20)).subscribers().get(0);
    assertThat(late.timedOut()).isTrue();
    assertThat(late.pending()).isEqualTo(1);
    held.open();
    assertThat(kernel.hub().flush("held", SOON)).isTrue();
  }

  @Test
  void flushCountsWhatTheQueueLost() {
    ActivePlugins small =
        Hubs.inMemory(
            new KernelSettings(null, 1 << 20, 2, KernelSettings.Overflow.DROP_NEWEST), options);
    Recorder held = new Recorder(new Subscriber.Settings(1, Duration.ZERO, Duration.ZERO, true), 1);
    small.hub().register("held", held);
    small.hub().emit(mark(1));
    await().until(() -> held.attempts.get() == 1);
    marks(2, 6).forEach(small.hub()::emit);
    held.open();

    assertThat(small.flush(SOON).subscribers().get(0).dropped()).isEqualTo(3);
    assertThat(small.status().dropped()).isEqualTo(3);
    assertThat(small.runtimeDiagnostics())
        .extracting(RuntimeDiagnostic::code, RuntimeDiagnostic::count)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("fairlead.events_dropped", 3L));
    small.close();
  }

  @Test
  void aHeldSubscriberDelaysNobody() {
    Recorder held = new Recorder(Recorder.QUICK, 1);
    Recorder free = new Recorder();
    kernel.hub().register("held", held);
    kernel.hub().register("free", free);
    kernel.hub().emit(mark(1));

    assertThat(kernel.hub().flush("free", SOON)).isTrue();
    assertThat(free.events).hasSize(1);
    assertThat(held.events).isEmpty();
    held.open();
  }

  @Test
  void whatThrowsIsRepeatedAndSaidOnce() {
    Recorder recorder =
        new Recorder() {
          @Override
          public DeliveryResult deliver(List<Event> batch) throws Exception {
            if (attempts.get() < 5) {
              attempts.incrementAndGet();
              throw new NoClassDefFoundError("org/example/Missing");
            }
            return super.deliver(batch);
          }
        };
    kernel.hub().register("a", recorder);
    kernel.hub().emit(mark(1));

    await().untilAsserted(() -> assertThat(recorder.events).hasSize(1));
    assertThat(kernel.hub().flush("a", SOON)).isTrue();
    assertThat(kernel.runtimeDiagnostics())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("exporter.delivery_threw");
              assertThat(finding.count()).isEqualTo(1);
              assertThat(finding.message()).contains("org.example.Missing");
            });
  }

  @Test
  void pushesAtFlushAndBeforeClose() {
    Recorder recorder =
        new Recorder(new Subscriber.Settings(10, Duration.ZERO, Duration.ofHours(1), true), 0);
    kernel.hub().register("a", recorder);
    kernel.hub().emit(mark(1));
    kernel.hub().flush("a", SOON);
    kernel.hub().deregister("a");
    assertThat(recorder.calls).containsExactly("start", "push", "push", "close");
  }

  @Test
  void pushesOnItsInterval() {
    Recorder recorder =
        new Recorder(new Subscriber.Settings(10, Duration.ZERO, Duration.ofMillis(5), true), 0);
    kernel.hub().register("a", recorder);
    await().until(() -> recorder.calls.stream().filter("push"::equals).count() >= 3);
  }

  @Test
  void namesAreTakenUntilDeregistered() {
    kernel.hub().register("a", new Recorder());
    assertThatThrownBy(() -> kernel.hub().register("a", new Recorder()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(kernel.hub().deregister("a")).isTrue();
    assertThat(kernel.hub().deregister("a")).isFalse();
    kernel.hub().register("a", new Recorder());
  }

  @Test
  void aSubscriberThatDoesNotStartIsNotRegistered() {
    Recorder broken =
        new Recorder() {
          @Override
          public void start(SourceState state) throws Exception {
            throw new java.io.IOException("no such host");
          }
        };
    assertThatThrownBy(() -> kernel.hub().register("a", broken))
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no such host");
    assertThat(kernel.status().subscribers()).isEmpty();
    assertThat(broken.calls).containsExactly("close");
    kernel.hub().register("a", new Recorder());
  }

  @Test
  void closeInterruptsWhoeverIsLateAndDeliversTheRest() {
    Recorder stuck = new Recorder(Recorder.QUICK, 1);
    Recorder good = new Recorder();
    kernel.hub().register("stuck", stuck);
    kernel.hub().register("good", good);
    marks(1, 10).forEach(kernel.hub()::emit);

    CloseReport report = kernel.close(Duration.ofMillis(200));
    assertThat(report.abandoned()).isEmpty();
    assertThat(report.complete()).isFalse();
    assertThat(report.subscribers().get(0).pending()).isEqualTo(10);
    assertThat(report.subscribers().get(1).complete()).isTrue();
    assertThat(stuck.calls).containsExactly("start", "close");
    assertThat(kernel.close(Duration.ZERO)).isSameAs(report);
  }

  @Test
  void closeLeavesBehindWhatCannotBeInterrupted() {
    CountDownLatch release = new CountDownLatch(1);
    Recorder deaf =
        new Recorder() {
          @Override
          public DeliveryResult deliver(List<Event> batch) {
            awaitUninterruptibly(release);
            return DeliveryResult.done(batch.size());
          }
        };
    kernel.hub().register("deaf", deaf);
    kernel.hub().emit(mark(1));
    long before = System.nanoTime();
    CloseReport report = kernel.close(Duration.ofMillis(100));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(2));
    assertThat(report.abandoned()).containsExactly("deaf");
    release.countDown();
    await().until(() -> deaf.calls.contains("close"));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean open = false;
    while (!open) {
      try {
        latch.await();
        open = true;
      } catch (InterruptedException e) {
        // Deaf on purpose.
      }
    }
  }

  @Test
  void scopesLeftOpenAreEndedAtCloseChildrenFirst() {
    Recorder recorder = new Recorder();
    kernel.hub().register("a", recorder);
    ScopeStart parent = TestEvents.start(1, null);
    ScopeStart child = TestEvents.start(2, parent.header().uuid());
    ScopeStart ended = TestEvents.start(3, null);
    kernel.hub().emit(parent);
    kernel.hub().emit(child);
    kernel.hub().emit(ended);
    kernel
        .hub()
        .emit(
            new ScopeEnd(
                ended.header().at(4, null),
                ended,
                null,
                Outcome.OK,
                io.fairlead.spi.event.TimeQuality.EXACT,
                false));
    kernel.close();

    List<ScopeEnd> ends =
        recorder.events.stream()
            .filter(ScopeEnd.class::isInstance)
            .map(ScopeEnd.class::cast)
            .filter(ScopeEnd::incomplete)
            .toList();
    assertThat(names(ends)).containsExactly("agent-2", "agent-1");
    assertThat(ends)
        .allSatisfy(
            end -> {
              assertThat(end.outcome()).isEqualTo(Outcome.UNSET);
              assertThat(end.header().timeNanos()).isEqualTo(1_000_000_000_000L);
            });
  }

  @Test
  void aClosedHubTakesNobodyAndNothing() {
    kernel.close();
    kernel.hub().emit(mark(1));
    assertThatThrownBy(() -> kernel.hub().register("a", new Recorder()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(kernel.hub().flush("a", SOON)).isFalse();
  }
}
