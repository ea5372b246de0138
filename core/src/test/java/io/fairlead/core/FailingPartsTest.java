package io.fairlead.core;

import static io.fairlead.core.TestEvents.mark;
import static io.fairlead.core.TestEvents.marks;
import static io.fairlead.core.TestEvents.names;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fairlead.core.dispatch.Pauses;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a running configuration says when a change of it meets parts that do not obey. */
class FailingPartsTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** {@code once} starts a single time, {@code fail} never; {@code down} never delivers. */
  private static final String SINK =
      """
      public List<Subscriber> create(ComponentContext context) {
        String mode = String.valueOf(context.config().stringOrNull("mode"));
        var started = java.nio.file.Path.of(context.config().string("path") + ".started");
        return List.of(new Lines(context) {
          public void start(SourceState state) throws Exception {
            if (mode.equals("fail")) throw new IllegalStateException("told to fail");
            if (mode.equals("once")) java.nio.file.Files.createFile(started);
          }
          public DeliveryResult deliver(List<Event> events) {
            if (mode.equals("down")) return DeliveryResult.retry("down", null);
            if (mode.equals("mute")) throw new IllegalStateException() {
              public String getMessage() { throw new UnsupportedOperationException("no words"); }
            };
            return super.deliver(events);
          }
        });
      }
      """;

  /** Holds each event until the file {@code go} is there. */
  private static final String GATE =
      """
      package plug.gate;
      import io.fairlead.spi.*;
      import io.fairlead.spi.config.*;
      import io.fairlead.spi.event.*;
      import java.nio.file.*;
      public class Provider implements InterceptorProvider {
        public String kind() { return "gate"; }
        public ConfigSpec configSpec() {
          return ConfigSpec.of(FieldSpec.string("go", "A file."));
        }
        public Interceptor create(ComponentContext context) {
          Path go = Path.of(context.config().string("go"));
          return new Interceptor() {
            public Event intercept(Event event) {
              new java.io.File(go + ".in").mkdir();
              while (!Files.exists(go)) Thread.onSpinWait();
              return event;
            }
            public Stage stage() { return Stage.REDACTION; }
          };
        }
      }
      """;

  @TempDir private Path directory;
  private Path plugins = Path.of("");

  @BeforeEach
  void prepare() throws Exception {
    plugins = directory.resolve("plugins");
    new PluginJars(directory)
        .exporter("sink", SINK)
        .source("plug.gate.Provider", GATE)
        .service("InterceptorProvider", "plug.gate.Provider")
        .jar(plugins.resolve("parts.jar"));
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

  private String sink(String mode) {
    return "[[components]]\nkind = \"sink\"\n[components.config]\npath = \"%s\"\nmode = \"%s\"\n"
        .formatted(directory.resolve("lines"), mode);
  }

  private String gate() {
    return "[[components]]\nkind = \"gate\"\n[components.config]\ngo = \"%s\"\n"
        .formatted(directory.resolve("go"));
  }

  private static List<String> codes(ActivePlugins active) {
    return active.runtimeDiagnostics().stream().map(RuntimeDiagnostic::code).toList();
  }

  @Test
  void whatDoesNotStartAgainIsTold() throws Exception {
    try (ActivePlugins active = start(sink("once"))) {
      ReloadReport report = active.reload(document(sink("fail")));
      assertThat(report.applied()).isFalse();
      assertThat(codes(active)).contains("component.restart_failed", "config.reload_failed");
      assertThat(active.status().subscribers()).isEmpty();
      assertThat(active.reload(document(sink(""))).applied()).as("later changes work").isTrue();
      active.hub().emit(mark(1));
      assertThat(active.flush(SOON).complete()).isTrue();
    }
    assertThat(Files.readAllLines(directory.resolve("lines"))).isEqualTo(names(marks(1, 1)));
  }

  @Test
  void whatIsClosedTakesNoOtherConfiguration() throws Exception {
    ActivePlugins active = start(sink(""));
    active.close();
    assertThat(active.reload(document(sink("x"))).report().diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("config.closed");
  }

  @Test
  void whatWasLetGoBeforeItHadEverythingIsTold() throws Exception {
    try (ActivePlugins active = start(sink("down"))) {
      marks(1, 3).forEach(active.hub()::emit);
      await().atMost(SOON).until(() -> codes(active).contains("exporter.delivery_delayed"));
      assertThat(active.reload(document()).stopped()).containsExactly("sink");
      assertThat(active.runtimeDiagnostics())
          .filteredOn(finding -> finding.code().equals("exporter.left_pending"))
          .singleElement()
          .extracting(RuntimeDiagnostic::message)
          .asString()
          .contains("3 events");
    }
  }

  @Test
  void aSubscriberThatCannotGoOnIsTold() throws Exception {
    try (ActivePlugins active = start(sink("mute"))) {
      active.hub().emit(mark(1));
      await().atMost(SOON).until(() -> codes(active).contains("exporter.stopped"));
      assertThat(active.status().subscribers().get(0).pending()).isEqualTo(1);
    }
  }

  @Test
  void anEventThatDoesNotLeaveItsInterceptorIsTold() throws Exception {
    try (ActivePlugins active = start(gate(), sink(""))) {
      Thread emitting = new Thread(() -> active.hub().emit(mark(1)), "emitting");
      emitting.start();
      await().atMost(SOON).until(() -> Files.exists(directory.resolve("go.in")));
      assertThat(active.reload(document(sink(""))).stopped()).containsExactly("gate");
      assertThat(codes(active)).containsExactly("interceptor.busy");
      Files.createFile(directory.resolve("go"));
      emitting.join();
      active.hub().emit(mark(2));
      assertThat(active.flush(SOON).complete()).isTrue();
    }
    assertThat(Files.readAllLines(directory.resolve("lines"))).isEqualTo(names(marks(1, 2)));
  }
}
