package io.fairlead.core;

import static io.fairlead.core.TestEvents.mark;
import static io.fairlead.core.TestEvents.marks;
import static io.fairlead.core.TestEvents.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.fairlead.core.dispatch.Pauses;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One configuration in the place of another, with components that are real plugins. */
class ReloadTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** Writes names to a file; {@code mode} is what may go wrong. */
  private static final String SINK =
      """
      public boolean repeatable() { return true; }
      public List<Subscriber> create(ComponentContext context) {
        String mode = String.valueOf(context.config().stringOrNull("mode"));
        return List.of(new Lines(context) {
          java.net.ServerSocket socket;
          public void start(SourceState state) throws Exception {
            if (mode.equals("fail")) throw new IllegalStateException("told to fail");
            if (mode.equals("hang")) new java.util.concurrent.CountDownLatch(1).await();
            if (mode.startsWith("port")) {
              socket = new java.net.ServerSocket(
                  Integer.parseInt(mode.split(" ")[1]), 1, java.net.InetAddress.getLoopbackAddress());
              if (mode.endsWith("fail")) throw new IllegalStateException("told to fail");
            }
          }
          public DeliveryResult deliver(List<Event> events) {
            if (mode.equals("down")) return DeliveryResult.retry("down", null);
            return super.deliver(events);
          }
          public void close() {
            try { if (socket != null) socket.close(); } catch (java.io.IOException e) { }
          }
        });
      }
      """;

  /** Counts to {@code last}, one mark each, from where its state says. */
  private static final String TALLY =
      """
      package plug.tally;
      import io.fairlead.spi.*;
      import io.fairlead.spi.config.*;
      import io.fairlead.spi.event.*;
      import java.time.Duration;
      import java.util.*;
      public class Provider implements RuntimeAdapterProvider {
        public String kind() { return "tally"; }
        public ConfigSpec configSpec() {
          return ConfigSpec.of(FieldSpec.integer("last", "The last number."));
        }
        public RuntimeAdapter create(ComponentContext context) {
          long last = context.config().integer("last");
          return new RuntimeAdapter() {
            long next = 1;
            public void start(SourceState state) {
              if (last < 0) throw new IllegalStateException("told to fail");
              byte[] at = state.get("next");
              next = at == null ? 1 : Long.parseLong(new String(at));
            }
            public Poll poll(SourceSink sink) throws Exception {
              if (next > last) return Poll.idle(Duration.ofHours(1), 0);
              UUID id = new UUID(0, next);
              Event mark = new Mark(
                  new EventHeader(id, null, id, next, "mark-" + next, Origin.of("test")));
              sink.commit(List.of(mark), Map.of("next", Long.toString(next + 1).getBytes()));
              next++;
              return Poll.again(0);
            }
          };
        }
      }
      """;

  /** Drops what comes once it is closed, and everything in the mode {@code drop}. */
  private static final String MASK =
      """
      package plug.mask;
      import io.fairlead.spi.*;
      import io.fairlead.spi.config.*;
      import io.fairlead.spi.event.*;
      public class Provider implements InterceptorProvider {
        public String kind() { return "mask"; }
        public ConfigSpec configSpec() {
          return ConfigSpec.of(FieldSpec.string("mode", "A word."));
        }
        public Interceptor create(ComponentContext context) {
          boolean drop = "drop".equals(context.config().stringOrNull("mode"));
          return new Interceptor() {
            volatile boolean closed;
            public Event intercept(Event event) {
              Thread.yield();
              return closed || drop ? null : event;
            }
            public Stage stage() { return Stage.REDACTION; }
            public void close() { closed = true; }
          };
        }
      }
      """;

  @TempDir Path directory;
  private Path plugins = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    plugins = directory.resolve("plugins");
    new PluginJars(directory)
        .exporter("sink", SINK)
        .source("plug.tally.Provider", TALLY)
        .service("RuntimeAdapterProvider", "plug.tally.Provider")
        .source("plug.mask.Provider", MASK)
        .service("InterceptorProvider", "plug.mask.Provider")
        .jar(plugins.resolve("parts.jar"));
  }

  @AfterEach
  void leavesNoThread() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name -> name.startsWith("fairlead-")));
  }

  private ActivePlugins start(String... components) throws InitializationException {
    return document(components)
        .initialize(
            KernelOptions.builder()
                .pluginsDir(plugins)
                .retryPauses(new Pauses(Duration.ofMillis(5), Duration.ofMillis(50)))
                .build());
  }

  private static PluginConfig document(String... components) {
    return PluginConfig.parse(String.join("\n", components));
  }

  private String sink(String name, String mode) {
    return """
    [[components]]
    kind = "sink"
    name = "%s"
    [components.config]
    path = "%s"
    mode = "%s"
    """
        .formatted(name, directory.resolve(name), mode);
  }

  private static String tally(long last) {
    return "[[components]]\nkind = \"tally\"\n[components.config]\nlast = " + last + "\n";
  }

  private static String mask(String mode) {
    return "[[components]]\nkind = \"mask\"\n[components.config]\nmode = \"" + mode + "\"\n";
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(directory.resolve(name));
  }

  private static void emit(ActivePlugins active, long first, long last) {
    marks(first, last).forEach(active.hub()::emit);
    assertThat(active.flush(SOON).complete()).isTrue();
  }

  private static List<String> codes(ReloadReport report) {
    return report.report().diagnostics().stream().map(Diagnostic::code).toList();
  }

  @Test
  void onlyWhatHasChangedIsTouched() throws Exception {
    try (ActivePlugins active = start(sink("same", ""), sink("other", ""), sink("gone", ""))) {
      emit(active, 1, 2);
      Thread same = thread("fairlead-same");
      Thread other = thread("fairlead-other");
      ReloadReport report =
          active.reload(document(sink("new", ""), sink("other", "x"), "\n\n", sink("same", "")));
      assertThat(report.applied()).isTrue();
      assertThat(report.kept()).containsExactly("same");
      assertThat(report.restarted()).containsExactly("other");
      assertThat(report.started()).containsExactly("new");
      assertThat(report.stopped()).containsExactly("gone");
      assertThat(thread("fairlead-same")).isSameAs(same);
      assertThat(thread("fairlead-other")).isNotSameAs(other);
      emit(active, 3, 3);
      assertThat(active.reload(document(sink("same", ""))).stopped())
          .containsExactly("new", "other");
      assertThat(active.runtimeDiagnostics()).isEmpty();
    }
    assertThat(lines("same")).isEqualTo(names(marks(1, 3)));
    assertThat(lines("other")).isEqualTo(names(marks(1, 3)));
    assertThat(lines("new")).isEqualTo(names(marks(3, 3)));
    assertThat(lines("gone")).isEqualTo(names(marks(1, 2)));
  }

  private static Thread thread(String name) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void noEventIsLostOrComesTwice() throws Exception {
    try (ActivePlugins active = start(sink("kept", ""), sink("changed", "0"), mask("0"))) {
      AtomicBoolean enough = new AtomicBoolean();
      CompletableFuture<Integer> emitted =
          CompletableFuture.supplyAsync(
              () -> {
                int number = 0;
                while (!enough.get()) {
                  active.hub().emit(mark(++number));
                  if (number % 64 == 0) {
                    active.hub().flush("kept", SOON); // so that nothing overflows
                  }
                }
                return number;
              });
      for (int i = 1; i <= 20; i++) {
        // Every other time the interceptor changes too; every fifth time the start fails.
        String bad = i % 5 == 0 ? sink("bad", "fail") : "";
        ReloadReport report =
            active.reload(
                document(sink("kept", ""), sink("changed", "" + i), mask("" + i / 2), bad));
        assertThat(report.applied()).as("reload %d: %s", i, report).isEqualTo(i % 5 != 0);
      }
      enough.set(true);
      int last = emitted.get(20, TimeUnit.SECONDS);
      assertThat(active.flush(SOON).complete()).isTrue();
      assertThat(lines("kept")).isEqualTo(names(marks(1, last)));
      assertThat(lines("changed")).isEqualTo(names(marks(1, last)));
      assertThat(active.status().subscribers())
          .allSatisfy(status -> assertThat(status.delivered()).isEqualTo(last));
    }
  }

  @Test
  void whatWaitsForABackendGoesToItsSuccessor() throws Exception {
    try (ActivePlugins active = start(sink("s", "down"))) {
      marks(1, 25).forEach(active.hub()::emit);
      await().until(() -> active.status().subscribers().get(0).lastError() != null);
      assertThat(active.reload(document(sink("s", ""))).restarted()).containsExactly("s");
      emit(active, 26, 26);
      assertThat(lines("s")).isEqualTo(names(marks(1, 26)));
    }
  }

  @Test
  void anAdapterGoesOnFromItsState() throws Exception {
    try (ActivePlugins active = start(tally(50), sink("s", ""))) {
      await().atMost(SOON).until(() -> active.status().events() == 50);
      assertThat(active.reload(document(tally(-1), sink("s", ""))).applied()).isFalse();
      assertThat(active.reload(document(tally(80), sink("s", ""))).restarted())
          .containsExactly("tally");
      await().atMost(SOON).until(() -> active.status().events() == 80);
      assertThat(active.flush(SOON).complete()).isTrue();
      assertThat(lines("s")).isEqualTo(names(marks(1, 80)));
    }
  }

  @Test
  void aDocumentWithErrorsChangesNothing() throws Exception {
    try (ActivePlugins active = start(sink("s", ""))) {
      Thread before = thread("fairlead-s");
      ReloadReport report = active.reload(document(sink("t", ""), "[[components]]\nkind = 7\n"));
      assertThat(report.applied()).isFalse();
      assertThat(report.kept()).containsExactly("s");
      assertThat(report.report().hasErrors()).isTrue();
      assertThat(active.runtimeDiagnostics())
          .extracting(RuntimeDiagnostic::code)
          .containsExactly("config.reload_failed");
      assertThat(thread("fairlead-s")).isSameAs(before);
      emit(active, 1, 1);
    }
    assertThat(directory.resolve("t")).doesNotExist();
  }

  @Test
  void whatHoldsAPortEndsFirstAndComesBackWhenItsSuccessorFails() throws Exception {
    int port;
    try (var socket = new java.net.ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    try (ActivePlugins active = start(sink("s", "port " + port), sink("kept", ""))) {
      emit(active, 1, 1);
      ReloadReport failed =
          active.reload(
              document(sink("s", "port " + port + " fail"), sink("kept", ""), sink("new", "")));
      assertThat(failed.applied()).isFalse();
      assertThat(codes(failed)).containsExactly("component.start_failed");
      assertThat(failed.kept()).containsExactly("s", "kept");
      assertThat(active.status().subscribers())
          .extracting(status -> status.name())
          .containsExactlyInAnyOrder("s", "kept");
      emit(active, 2, 2);
      // Another component takes the port over.
      assertThat(active.reload(document(sink("t", "port " + port))).started()).containsExactly("t");
      emit(active, 3, 3);
    }
    assertThat(lines("s")).isEqualTo(names(marks(1, 2)));
    assertThat(lines("t")).isEqualTo(names(marks(3, 3)));
  }

  @Test
  void settingsOfTheLogNeedARestart() throws Exception {
    try (ActivePlugins active = start(sink("s", ""))) {
      ReloadReport report = active.reload(document("queue_capacity = 7", sink("s", "x")));
      assertThat(report.restarted()).containsExactly("s");
      assertThat(report.report().diagnostics())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.code()).isEqualTo("config.restart_needed");
                assertThat(finding.field()).isEqualTo("queue_capacity");
              });
      assertThat(active.runtimeDiagnostics())
          .extracting(RuntimeDiagnostic::code)
          .containsExactly("config.restart_needed");
    }
  }

  @Test
  void aSecondInitializeReplacesEverythingOrNothing() throws Exception {
    try (ActivePlugins active = start(sink("s", ""))) {
      Thread before = thread("fairlead-s");
      assertThat(
              catchThrowableOfType(
                  InitializationException.class,
                  () -> document(sink("s", "fail")).initialize(active)))
          .hasMessageContaining("told to fail");
      emit(active, 1, 1);
      assertThat(document(sink("s", "")).initialize(active)).isSameAs(active);
      assertThat(thread("fairlead-s")).isNotSameAs(before);
      emit(active, 2, 2);
    }
    assertThat(lines("s")).isEqualTo(names(marks(1, 2)));
  }

  @Test
  void aCloseEndsAReloadThatHangs() throws Exception {
    ActivePlugins active = start(sink("s", ""));
    CompletableFuture<ReloadReport> reload =
        CompletableFuture.supplyAsync(
            () -> active.reload(document(sink("s", ""), sink("new", "hang"))));
    await()
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .anyMatch(thread -> thread.getName().equals("fairlead-new")));
    active.hub().emit(mark(1));
    CloseReport closed = active.close(SOON);
    assertThat(closed.complete()).as(closed.toString()).isTrue();
    assertThat(reload.get(20, TimeUnit.SECONDS).applied()).isFalse();
    assertThat(lines("s")).isEqualTo(names(marks(1, 1)));
    assertThat(active.reload(document(sink("s", ""))).applied()).isFalse();
  }

  @Test
  void manyMayReloadAndCloseAtOnce() throws Exception {
    ActivePlugins active = start(sink("s", "0"));
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger applied = new AtomicInteger();
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      String mode = "" + i;
      all.add(
          CompletableFuture.runAsync(
              () -> {
                await().until(() -> go.getCount() == 0);
                for (int round = 0; round < 5; round++) {
                  if (active.reload(document(sink("s", mode + round))).applied()) {
                    applied.incrementAndGet();
                  }
                }
              }));
    }
    go.countDown();
    await().atMost(SOON).until(() -> applied.get() > 0);
    active.close();
    for (CompletableFuture<Void> one : all) {
      one.get(20, TimeUnit.SECONDS);
    }
    assertThat(active.close(SOON).abandoned()).isEmpty();
  }
}
