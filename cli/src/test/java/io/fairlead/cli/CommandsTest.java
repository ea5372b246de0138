package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // assertions are what finds a null here
class CommandsTest {

  private static final Diagnostic ERROR = Diagnostic.error("area.wrong", null, "wrong");
  private static final Diagnostic WARNING = Diagnostic.warning("area.odd", null, "odd");

  @TempDir Path home;
  private TestApp app;
  private Path config;

  @BeforeEach
  void prepare() throws IOException {
    app = new TestApp(home);
    config = home.resolve("my plugins.toml");
    Files.createFile(config);
    app.kernel.files.put(
        config,
        Documents.of(
            List.of(
                Documents.component("hermes", ConfigNode.Table.EMPTY),
                Documents.component("observability", ConfigNode.Table.EMPTY),
                Documents.component("atof", ConfigNode.Table.EMPTY))));
  }

  private int run(String... arguments) {
    return app.run(arguments);
  }

  @Nested
  class Usage {

    @Test
    void wrongUsageIsTwoWithAHint() {
      assertThat(run("validat")).isEqualTo(2);
      assertThat(app.err.toString())
          .contains("validat")
          .contains("validate")
          .doesNotContain("\tat ");
      assertThat(run("validate", "--nope")).isEqualTo(2);
      assertThat(run("report", "--by", "moon")).isEqualTo(2);
      assertThat(run("report", "--since", "whenever")).isEqualTo(2);
      assertThat(run("replay")).isEqualTo(2);
      assertThat(run()).isEqualTo(2);
      assertThat(app.out.toString()).isEmpty();
    }

    @Test
    void helpAndVersionAreFine() {
      assertThat(run("--version")).isZero();
      assertThat(app.out.toString()).startsWith("fairlead ");
      assertThat(run("--help")).isZero();
      assertThat(app.out.toString()).contains("demo", "run", "report", "validate", "replay");
      assertThat(run("validate", "--help")).isZero();
    }

    @Test
    void theUnexpectedIsOneLineUnlessAskedFor() {
      app.kernel.files.clear();
      app.kernel.findings = List.of();
      app.kernel.sources = null;
      assertThat(run("report", "--config", config.toString())).isEqualTo(1);
      assertThat(app.err.toString()).doesNotContain("\tat ");
      app.kernel.files.put(
          config, Documents.of(List.of(Documents.component("hermes", ConfigNode.Table.EMPTY))));
      assertThat(run("report", "--config", config.toString())).isEqualTo(1);
      assertThat(app.err.toString()).contains("FAIRLEAD_DEBUG=1").doesNotContain("\tat ");
      app.variables.put("FAIRLEAD_DEBUG", "1");
      assertThat(run("report", "--config", config.toString())).isEqualTo(1);
      assertThat(app.err.toString()).contains("\tat ");
    }
  }

  @Nested
  class Validate {

    @Test
    void errorsFailAndWarningsOnlyWhenStrict() {
      String file = config.toString();
      assertThat(run("validate", "--config", file)).isZero();
      app.kernel.findings = List.of(WARNING);
      assertThat(run("validate", "--config", file)).isZero();
      assertThat(run("validate", "--strict", "--config", file)).isEqualTo(1);
      app.kernel.findings = List.of(WARNING, ERROR);
      assertThat(run("validate", "--config", file)).isEqualTo(1);
      assertThat(app.kernel.started).isEmpty();
    }

    @Test
    void jsonGoesToOutAloneForPrograms() {
      app.kernel.findings = List.of(ERROR);
      assertThat(run("validate", "--format", "json", "--config", config.toString())).isEqualTo(1);
      assertThat(app.out.toString()).isEqualTo("{\"diagnostics\":1}\n");
      assertThat(app.err.toString()).isEmpty();
    }

    @Test
    void withoutAFileItSaysWhereOneWouldBe() {
      assertThat(run("validate")).isEqualTo(1);
      assertThat(app.err.toString()).contains(home.resolve(".config/fairlead").toString());
    }
  }

  @Nested
  class Locating {

    @Test
    void theOptionThenTheVariableThenTheUsersFile() throws IOException {
      Path own = file(".config/fairlead/plugins.toml");
      assertThat(candidates()).startsWith(own).hasSize(2);
      Path xdg = file("xdg/fairlead/plugins.toml");
      app.variables.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
      assertThat(candidates()).startsWith(xdg);
      Path named = file("named.toml");
      app.variables.put("FAIRLEAD_CONFIG", named.toString());
      assertThat(candidates()).startsWith(named).doesNotContain(xdg);
      assertThat(candidates("--config", config.toString()))
          .startsWith(config)
          .doesNotContain(named)
          .endsWith(home.resolve("etc/plugins.toml"));
    }

    @Test
    void theSystemsFileAloneIsAConfiguration() throws IOException {
      file("etc/plugins.toml");
      assertThat(candidates()).hasSize(2);
    }

    @Test
    void aNamedFileThatIsNotThereFails() throws IOException {
      file(".config/fairlead/plugins.toml");
      app.variables.put("FAIRLEAD_CONFIG", home.resolve("none.toml").toString());
      for (String command : List.of("validate", "run", "report", "price", "config")) {
        app.err.getBuffer().setLength(0);
        assertThat(run(command)).as(command).isEqualTo(1);
        assertThat(app.err.toString()).contains("none.toml' does not exist");
      }
      assertThat(app.kernel.loaded).isEmpty();
    }

    private Path file(String name) throws IOException {
      Path file = home.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.createFile(file);
    }

    private List<Path> candidates(String... options) {
      List<String> arguments = new ArrayList<>(List.of("validate"));
      arguments.addAll(List.of(options));
      assertThat(run(arguments.toArray(String[]::new))).isZero();
      return app.kernel.loaded.get(app.kernel.loaded.size() - 1).candidates();
    }
  }

  @Nested
  class Run {

    @Test
    void nothingToWatchSaysWhatWasLookedFor() {
      assertThat(run("run")).isEqualTo(1);
      assertThat(app.err.toString())
          .contains(home.resolve(".hermes").toString())
          .contains(home.resolve(".openclaw").toString());
    }

    @Test
    void withoutAFileItWatchesWhatIsThere() throws IOException {
      Files.createDirectory(home.resolve(".hermes"));
      Files.createDirectory(home.resolve(".openclaw"));
      assertThat(run("run")).isZero();
      assertThat(Documents.kinds(app.kernel.started.get(0)))
          .containsExactly("hermes", "openclaw", "observability");
      assertThat(app.kernel.calls).containsExactly("flush", "close");
      assertThat(app.stop.waits).isEqualTo(1);
      assertThat(app.stop.open).isZero();
      LaunchSettings settings = app.kernel.settings.get(0);
      assertThat(settings.stateDir()).isEqualTo(home.resolve(".local/state/fairlead"));
      assertThat(settings.readsEverything()).isFalse();
    }

    @Test
    void onceIsFineOnlyWhenEverythingWasDelivered() {
      String[] once = {"run", "--once", "--config", config.toString()};
      app.kernel.delivery =
          new Kernel.Delivery(true, List.of(new Kernel.Delivery.Line("otlp", 10, 0, 0, 0)));
      app.kernel.sources = new Kernel.Sources(2, List.of());
      assertThat(run(once)).isZero();
      assertThat(app.err.toString()).contains("otlp: delivered 10").contains("2 turns still open");
      app.kernel.delivery =
          new Kernel.Delivery(true, List.of(new Kernel.Delivery.Line("otlp", 10, 0, 0, 3)));
      assertThat(run(once)).isEqualTo(1);
      app.kernel.delivery =
          new Kernel.Delivery(true, List.of(new Kernel.Delivery.Line("otlp", 10, 1, 0, 0)));
      assertThat(run(once)).isEqualTo(1);
      app.kernel.delivery = new Kernel.Delivery(true, List.of());
      app.kernel.sources = new Kernel.Sources(0, List.of("hermes: gone"));
      assertThat(run(once)).isEqualTo(1);
      assertThat(app.kernel.settings).allMatch(LaunchSettings::readsEverything);
    }

    @Test
    void aConfigurationThatDoesNotStartIsOneWithItsReasons() {
      app.kernel.startFailure = ERROR;
      assertThat(run("run", "--config", config.toString())).isEqualTo(1);
      assertThat(app.err.toString()).contains("area.wrong");
    }
  }

  @Nested
  class ReportOf {

    @Test
    void configuredRuntimesWithoutTheirExporters() {
      TestEvents session = new TestEvents("s1", null, TestApp.NOW);
      app.kernel.history.add(session.turn(TurnKind.USER, TestApp.NOW, TestApp.NOW.plusSeconds(3)));
      assertThat(run("report", "--format", "json", "--config", config.toString())).isZero();
      assertThat(app.out.toString()).contains("\"session_id\":\"s1\"").contains("\"turns\":1");
      assertThat(Documents.kinds(app.kernel.started.get(0))).containsExactly("hermes");
      assertThat(app.kernel.settings.get(0).stateDir()).isNull();
      assertThat(app.kernel.calls).containsExactly("await", "flush", "close");
    }

    @Test
    void aConfigurationWithoutRuntimes() {
      app.kernel.files.put(
          config,
          Documents.of(List.of(Documents.component("observability", ConfigNode.Table.EMPTY))));
      assertThat(run("report", "--config", config.toString())).isEqualTo(1);
      assertThat(app.err.toString()).contains("no component that reads an agent runtime");
    }

    @Test
    void everyKindOfRow() {
      TestEvents session = new TestEvents("s1", null, TestApp.NOW);
      app.kernel.history.add(session.turn(TurnKind.USER, TestApp.NOW, TestApp.NOW.plusSeconds(3)));
      Map<String, String> heads =
          Map.of("session", "SESSION", "model", "MODEL", "tool", "TOOL", "day", "DAY (UTC)");
      heads.forEach(
          (by, head) -> {
            app.out.getBuffer().setLength(0);
            assertThat(run("report", "--by", by, "--config", config.toString())).isZero();
            assertThat(app.out.toString()).startsWith(head);
          });
    }
  }

  @Nested
  class Replay {

    @Test
    void sendsThroughTheExportersAndWaitsForThem() {
      TestEvents session = new TestEvents("s1", null, TestApp.NOW);
      app.fileEvents =
          List.of(session.turn(TurnKind.USER, TestApp.NOW, TestApp.NOW.plusSeconds(3)));
      String file = config.toString();
      assertThat(run("replay", "--config", file, file, file)).isZero();
      assertThat(app.kernel.emitted).hasSize(2);
      ConfigNode.Table started = app.kernel.started.get(0);
      assertThat(Documents.kinds(started)).containsExactly("observability", "atof");
      assertThat(started.get("overflow")).isEqualTo(Documents.text("block"));
      assertThat(app.kernel.calls).containsExactly("flush", "close");
    }

    @Test
    void onlyWhatGoesIsWaitedForAtTheEnd() {
      String file = config.toString();
      run("replay", "--config", file, file);
      Duration whenDelivered = app.kernel.closedWithin;
      app.kernel.delivery =
          new Kernel.Delivery(true, List.of(new Kernel.Delivery.Line("otlp", 10, 0, 0, 3)));
      assertThat(run("replay", "--config", file, file)).isEqualTo(1);
      assertThat(app.kernel.closedWithin).isLessThan(whenDelivered);
      assertThat(app.err.toString()).contains("3 still waiting", "replay the files again");
    }

    @Test
    void badLinesAndMissingFilesFail() {
      String file = config.toString();
      app.badLine = 7;
      assertThat(run("replay", "--config", file, file)).isEqualTo(1);
      assertThat(app.err.toString()).contains(file + ":7: no event");
      assertThat(run("replay", "--config", file, home.resolve("none.jsonl").toString()))
          .isEqualTo(1);
    }
  }

  @Nested
  class Demo {

    @BeforeEach
    void install() throws IOException {
      app.installation = home.resolve("dist");
      Files.createDirectories(app.installation.resolve("demo/hermes/logs"));
      Files.writeString(app.installation.resolve("demo/hermes/state.db"), "x");
    }

    @Test
    void withoutATerminalItServesNothingAndLeavesNothing() {
      assertThat(run("demo")).isZero();
      ConfigNode.Table started = app.kernel.started.get(0);
      assertThat(Documents.kinds(started)).containsExactly("hermes");
      assertThat(app.stop.waits).isZero();
      assertThat(app.kernel.calls).endsWith("close");
      assertThat(Path.of(hermesHome(started))).doesNotExist();
    }

    @Test
    void onATerminalItServesUntilItIsStopped() {
      app.isTerminal = true;
      assertThat(run("demo")).isZero();
      assertThat(Documents.kinds(app.kernel.started.get(0)))
          .containsExactly("hermes", "observability");
      assertThat(app.stop.waits).isEqualTo(1);
    }

    @Test
    void aTakenPortMovesTheEndpoint() {
      app.isTerminal = true;
      app.kernel.startFailure = Diagnostic.error("prometheus.port_in_use", "prometheus", "taken");
      app.kernel.failsOnlyOnce = true;
      assertThat(run("demo")).isZero();
      assertThat(app.err.toString()).contains("port 9464 is taken");
      assertThat(app.kernel.started).hasSize(1);
    }

    private static String hermesHome(ConfigNode.Table document) {
      ConfigNode.Array components = (ConfigNode.Array) document.get("components");
      ConfigNode.Table hermes = (ConfigNode.Table) components.elements().get(0);
      ConfigNode.Table settings = (ConfigNode.Table) hermes.get("config");
      return ((ConfigNode.Text) settings.get("home")).value();
    }
  }

  @Test
  void componentsAreListedForPeopleAndPrograms() {
    assertThat(run("components")).isZero();
    assertThat(app.out.toString()).contains("hermes", "runtime", "1.2.3", "runtimes-hermes.jar");
    app.out.getBuffer().setLength(0);
    assertThat(run("components", "--format", "json")).isZero();
    assertThat(app.out.toString())
        .contains("{\"kind\":\"atof\",\"type\":\"exporter\",\"version\":\"1.2.3\"");
  }
}
