package io.fairlead.core;

import static io.fairlead.core.Fakes.plan;
import static io.fairlead.core.TestEvents.mark;
import static io.fairlead.core.TestEvents.marks;
import static io.fairlead.core.TestEvents.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.dispatch.Pauses;
import io.fairlead.core.validation.KernelSettings;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KernelTest {

  private static final Duration SOON = Duration.ofSeconds(10);
  private static final Pauses SHORT = new Pauses(Duration.ofMillis(5), Duration.ofMillis(50));

  private final List<String> journalOfCalls = new CopyOnWriteArrayList<>();

  @AfterEach
  void leavesNoThread() {
    await()
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("fairlead-")));
  }

  private static KernelOptions.Builder options() {
    return KernelOptions.builder().retryPauses(SHORT);
  }

  private static ActivePlugins start(Plan plan, KernelOptions.Builder options)
      throws InitializationException {
    return ActivePlugins.start(
        new Prepared(plan, plan.components(), new ComponentCatalog(List.of(), List.of())),
        options.build());
  }

  private Subscriber subscriber(String name, @Nullable Exception atStart) {
    return new Recorder() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void start(SourceState state) throws Exception {
        journalOfCalls.add("start " + name);
        if (atStart != null) {
          throw atStart;
        }
      }

      @Override
      public void close() {
        journalOfCalls.add("close " + name);
      }
    };
  }

  private RuntimeAdapter adapter(String name, @Nullable Throwable atStart) {
    return new RuntimeAdapter() {
      @Override
      public void start(SourceState state) throws Exception {
        journalOfCalls.add("start " + name);
        if (atStart instanceof Error error) {
          throw error;
        }
        if (atStart instanceof Exception exception) {
          throw exception;
        }
      }

      @Override
      public Poll poll(SourceSink sink) {
        journalOfCalls.add("poll " + name);
        return Poll.idle(Duration.ofHours(1), 0);
      }

      @Override
      public void close() {
        journalOfCalls.add("close " + name);
      }
    };
  }

  private Interceptor interceptor(String name) {
    return new Interceptor() {
      @Override
      public @Nullable Event intercept(Event event) {
        return event;
      }

      @Override
      public Stage stage() {
        return Stage.REDACTION;
      }

      @Override
      public void close() {
        journalOfCalls.add("close " + name);
      }
    };
  }

  @Test
  void aFailureTakesDownWhatWasStartedInReverse() {
    Plan plan =
        plan(
            new Fakes.Adapter("one", context -> adapter("one", null)),
            new Fakes.Exporter(
                "sinks", context -> List.of(subscriber("s1", null), subscriber("s2", null))),
            new Fakes.Interception("mask", context -> interceptor("mask")),
            new Fakes.Adapter("two", context -> adapter("two", new IOException("no such port"))));

    InitializationException failure =
        catchThrowableOfType(InitializationException.class, () -> start(plan, options()));

    assertThat(failure.report().diagnostics())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("component.start_failed");
              assertThat(finding.component()).isEqualTo("two");
              assertThat(finding.message()).contains("no such port");
              assertThat(finding.hint()).as("a fault of our own needs no JAR").isNull();
            });
    assertThat(failure).hasRootCauseMessage("no such port").hasNoSuppressedExceptions();
    assertThat(journalOfCalls)
        .containsExactly(
            "start s1",
            "start s2",
            "start one",
            "start two",
            "close two",
            "close one",
            "close s2",
            "close s1",
            "close mask");
  }

  @Test
  void subscribersThatWereMadeAndNotStartedAreClosedToo() {
    Plan plan =
        plan(
            new Fakes.Exporter(
                "sinks",
                context ->
                    List.of(subscriber("s1", new IOException("refused")), subscriber("s2", null))));
    assertThatThrownBy(() -> start(plan, options())).isInstanceOf(InitializationException.class);
    assertThat(journalOfCalls).contains("close s1", "close s2").doesNotContain("start s2");
  }

  @Test
  void aPluginWithAMissingClassIsNamed() {
    Plan creating =
        plan(
            new Fakes.Exporter(
                "broken",
                context -> {
                  throw new NoClassDefFoundError("org/example/Missing");
                }));
    Plan starting =
        plan(
            new Fakes.Adapter(
                "broken", context -> adapter("broken", new NoClassDefFoundError("org/Gone"))));
    for (Plan plan : List.of(creating, starting)) {
      InitializationException failure =
          catchThrowableOfType(InitializationException.class, () -> start(plan, options()));
      Diagnostic finding = failure.report().diagnostics().get(0);
      assertThat(finding.code()).isEqualTo("plugin.load_failed");
      assertThat(finding.component()).isEqualTo("broken");
      assertThat(finding.message()).contains("a class is missing: org.");
    }
  }

  @Test
  void aSecretStaysSecretWhenAPluginShouts() {
    ConfigSpec spec = ConfigSpec.of(FieldSpec.string("token", "A token.").asSecret());
    ConfigNode.Table table =
        new ConfigNode.Table(
            Map.of("token", new ConfigNode.Entry(null, new ConfigNode.Text("hunter22", null))),
            null);
    PlannedComponent component =
        Fakes.component(
            new Fakes.Exporter(
                "leaky",
                context -> {
                  throw new IOException("401 for " + context.config().string("token"));
                }),
            ConfigView.of(spec, table));

    InitializationException failure =
        catchThrowableOfType(
            InitializationException.class, () -> start(plan(component), options()));
    assertThat(failure).hasMessageContaining("401 for [REDACTED]").hasNoCause();
    assertThat(failure.report().toString()).doesNotContain("hunter22");
  }

  @Test
  void aPlanWithErrorsStartsNothing() {
    Diagnostic error = Diagnostic.error("plugin.unknown_component", "x", "There is no 'x'.");
    Plan plan =
        new Plan(
            new ValidationReport(List.of(error)),
            KernelSettings.DEFAULT,
            plan(new Fakes.Adapter("one", context -> adapter("one", null))).components());
    assertThatThrownBy(() -> start(plan, options()))
        .isInstanceOf(InitializationException.class)
        .hasMessage("plugin.unknown_component: There is no 'x'.");
    assertThat(journalOfCalls).isEmpty();
  }

  @Test
  void disabledComponentsAreNotMade() throws Exception {
    PlannedComponent on =
        Fakes.component(new Fakes.Adapter("one", context -> adapter("one", null)));
    PlannedComponent off = new PlannedComponent(on.provider(), "off", false, on.config());
    start(plan(off), options()).close();
    assertThat(journalOfCalls).isEmpty();
  }

  /** Commits numbered marks in pieces until a last one, remembering where it is. */
  private static RuntimeAdapter counting(long last) {
    return new RuntimeAdapter() {
      private long next = 1;

      @Override
      public void start(SourceState state) {
        byte[] at = state.get("next");
        next = at == null ? 1 : at[0];
      }

      @Override
      public Poll poll(SourceSink sink) throws InterruptedException {
        if (next > last) {
          return Poll.idle(Duration.ofHours(1), 2);
        }
        sink.commit(marks(next, next + 1), Map.of("next", new byte[] {(byte) (next + 2)}));
        next += 2;
        return Poll.again(1);
      }
    };
  }

  @Test
  void readsEverythingAndEnds() throws Exception {
    Recorder recorder = new Recorder();
    Plan plan = plan(new Fakes.Adapter("counting", context -> counting(20)));
    try (ActivePlugins active =
        start(plan, options().readsEverything(true).subscriber("mine", recorder))) {
      OnceReport report = active.awaitSources(SOON);
      assertThat(report.complete()).isTrue();
      assertThat(report.openTurns()).isEqualTo(2);
      assertThat(active.flush(SOON).complete()).isTrue();
      assertThat(names(recorder.events)).isEqualTo(names(marks(1, 20)));
      assertThat(active.status().events()).isEqualTo(20);
    }
  }

  @Test
  void anAdapterThatThrowsIsTriedAgainThenGivenUp() throws Exception {
    AtomicInteger polls = new AtomicInteger();
    RuntimeAdapter throwing =
        sink -> {
          polls.incrementAndGet();
          throw new IOException("disk on fire");
        };
    Plan plan = plan(new Fakes.Adapter("throwing", context -> throwing));
    try (ActivePlugins active = start(plan, options().readsEverything(true))) {
      assertThat(active.awaitSources(SOON).failed()).containsExactly("throwing");
      assertThat(polls).hasValue(3);
      assertThat(active.runtimeDiagnostics())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.code()).isEqualTo("throwing.poll_failed");
                assertThat(finding.count()).isEqualTo(3);
                assertThat(finding.message()).isEqualTo("Reading failed: disk on fire");
              });
    }
  }

  @Test
  void anAdapterThatHangsIsReportedAsUnfinishedAndInterrupted() throws Exception {
    RuntimeAdapter hanging =
        sink -> {
          new java.util.concurrent.CountDownLatch(1).await();
          return RuntimeAdapter.Poll.again(0);
        };
    Plan plan = plan(new Fakes.Adapter("hanging", context -> hanging));
    ActivePlugins active = start(plan, options().readsEverything(true));
    assertThat(active.awaitSources(Duration.ofMillis(20)).unfinished()).containsExactly("hanging");
    assertThat(active.close(SOON).abandoned()).isEmpty();
  }

  @Test
  void aSourceWaitsForASlowSubscriberInBoundedMemory() throws Exception {
    KernelSettings small =
        new KernelSettings(null, 1 << 20, 4, KernelSettings.Overflow.DROP_NEWEST);
    Recorder held = new Recorder(new Subscriber.Settings(1, Duration.ZERO, Duration.ZERO, true), 1);
    Plan plan =
        new Plan(
            new ValidationReport(List.of()),
            small,
            plan(new Fakes.Adapter("counting", context -> counting(100))).components());
    try (ActivePlugins active =
        start(plan, options().readsEverything(true).subscriber("held", held))) {
      await().until(() -> held.attempts.get() == 1);
      assertThat(active.awaitSources(Duration.ofMillis(50)).unfinished()).hasSize(1);
      assertThat(active.status().subscribers().get(0).pending()).isLessThanOrEqualTo(5);
      held.open();
      assertThat(active.awaitSources(SOON).complete()).isTrue();
      assertThat(active.flush(SOON).complete()).isTrue();
      assertThat(names(held.events)).isEqualTo(names(marks(1, 100)));
    }
  }

  @Test
  void interceptorsRunByStageAndFailAsTheySay() throws Exception {
    Recorder recorder = new Recorder();
    Plan plan =
        plan(
            new Fakes.Pricing(
                "prices",
                context ->
                    question -> {
                      throw new IllegalStateException("never asked for marks");
                    }),
            new Fakes.Interception("strict", context -> failing(Interceptor.Stage.REDACTION, true)),
            new Fakes.Interception("lax", context -> failing(Interceptor.Stage.CODEC, false)));
    try (ActivePlugins active = start(plan, options().subscriber("mine", recorder))) {
      marks(1, 3).forEach(active.hub()::emit);
      assertThat(active.flush(SOON).complete()).isTrue();
      // Each interceptor throws on the mark of its stage: CODEC on 1, REDACTION on 3.
      assertThat(names(recorder.events)).containsExactly("mark-1", "mark-2");
      assertThat(active.runtimeDiagnostics())
          .extracting(RuntimeDiagnostic::component, RuntimeDiagnostic::code)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple("lax", "interceptor.failed"),
              org.assertj.core.groups.Tuple.tuple("strict", "interceptor.failed"));
    }
  }

  private static Interceptor failing(Interceptor.Stage stage, boolean failsClosed) {
    long number = stage.ordinal() + 1L;
    return new Interceptor() {
      @Override
      public @Nullable Event intercept(Event event) {
        if (event.header().timeNanos() == number) {
          throw new IllegalArgumentException("prompt text");
        }
        return event;
      }

      @Override
      public Stage stage() {
        return stage;
      }

      @Override
      public boolean failsClosed() {
        return failsClosed;
      }
    };
  }

  @Test
  void aPricingThatKnowsNothingChangesNothing() throws Exception {
    ModelPricing ignorant = question -> ModelPricing.Quote.unknown("no entry");
    Recorder recorder = new Recorder();
    try (ActivePlugins active =
        start(
            plan(new Fakes.Pricing("prices", context -> ignorant)),
            options().subscriber("mine", recorder))) {
      active.hub().emit(mark(1));
      assertThat(active.flush(SOON).complete()).isTrue();
      assertThat(recorder.events).containsExactly(mark(1));
    }
  }

  @Test
  void aJournalWithoutItsModuleIsADiagnostic() {
    InitializationException failure =
        catchThrowableOfType(
            InitializationException.class,
            () -> start(plan(new PlannedComponent[0]), options().durable(true)));
    assertThat(failure.report().diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("journal.no_directory");
  }
}
