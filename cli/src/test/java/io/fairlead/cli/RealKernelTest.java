package io.fairlead.cli;

import static io.fairlead.cli.RealCommands.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands over the real kernel and the recordings of the demo. */
@NullUnmarked // assertions are what finds a null here
class RealKernelTest {

  private static final String UPDATE = "fairlead.update";

  @TempDir Path home;
  private RealCommands commands;

  @BeforeEach
  void prepare() {
    commands = new RealCommands(home);
  }

  private int run(String... arguments) {
    return commands.run(arguments);
  }

  @Test
  void theExampleIsValidAsItStands() {
    int code =
        run("validate", "--strict", "--config", ROOT.resolve("plugins.toml.example").toString());
    assertThat(commands.out()).isEqualTo("no problems found\n");
    assertThat(code).isZero();
  }

  @Test
  void theDocumentOfTheReadmeIsValid() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    Matcher block =
        Pattern.compile("```toml\n(version = 1\n.*?)```", Pattern.DOTALL).matcher(readme);
    assertThat(block.find()).isTrue();
    Path file = Files.writeString(home.resolve("plugins.toml"), block.group(1));
    assertThat(run("validate", "--strict", "--config", file.toString()))
        .as(() -> commands.out())
        .isZero();
  }

  /** What a file says is not known before the start; the place of a variable is a finding once. */
  @Test
  void whatIsNotKnownYetIsNoFault() throws IOException {
    Path file =
        Files.writeString(
            home.resolve("p.toml"),
            """
            [[components]]
            kind = "observability"
            [components.config]
            version = 4
            [components.config.opentelemetry]
            enabled = true
            [[components.config.opentelemetry.endpoints]]
            type = "full"
            endpoint = "${file:url}"
            [components.config.opentelemetry.logs]
            enabled = true
            [[components.config.opentelemetry.logs.endpoints]]
            endpoint = "${env:NOWHERE}"
            """);
    assertThat(run("validate", "--config", file.toString())).isEqualTo(1);
    assertThat(commands.out())
        .contains("p.toml:13:12: error plugin.unresolved_variable")
        .contains("\n1 error, 0 warnings\n");
  }

  @Test
  void faultsAreTellableByPrograms() throws IOException {
    Path file = Files.writeString(home.resolve("p.toml"), "[[components]]\nkind = \"hermse\"\n");
    assertThat(run("validate", "--format", "json", "--config", file.toString())).isZero();
    assertThat(commands.out())
        .contains("\"code\":\"plugin.unknown_component\"", "\"line\":", "hermes");
    assertThat(run("validate", "--config", home.resolve("none.toml").toString())).isEqualTo(1);
  }

  @Test
  void providersOfSecretsAreListedAfterTheComponents() {
    assertThat(run("components")).as(() -> commands.err()).isZero();
    assertThat(commands.out().lines().reduce("", (before, line) -> line))
        .startsWith("${vault:key}")
        .contains("secrets");
  }

  @Test
  void pricesComeFromTheBundledTableOrTheConfiguration() throws IOException {
    commands.input(
        "{\"provider\":\"openai\",\"model\":\"gpt-4o-mini\",\"usage\":{\"input_tokens\":1000000}}\n");
    assertThat(run("price")).as(() -> commands.err()).isZero();
    assertThat(commands.out())
        .contains("\"cost\":\"0.15\"", "\"currency\":\"USD\"", "\"status\":\"estimated\"");

    Path file =
        Files.writeString(
            home.resolve("prices.toml"),
            """
            [[components]]
            kind = "pricing"
            [[components.config.sources]]
            type = "inline"
            [components.config.sources.catalog]
            version = 1
            [[components.config.sources.catalog.entries]]
            provider = "openai"
            model_id = "gpt-4o-mini"
            rates = { input_per_million = 7, output_per_million = 8 }
            prompt_cache = { read_accounting = "included_in_prompt_tokens" }
            pricing_as_of = "2026-11-01"
            pricing_source = "contract"
            """);
    assertThat(run("price", "--config", file.toString())).as(() -> commands.err()).isZero();
    assertThat(commands.out()).contains("\"cost\":\"7\"");

    commands.input("not json\n");
    assertThat(run("price")).isEqualTo(1);
    assertThat(commands.out()).contains("\"status\":\"unknown\"", "line 1");
  }

  @Test
  void faultsOfAPriceFileAreFoundBeforeTheStart() throws IOException {
    Path prices =
        Files.writeString(home.resolve("prices.json"), "{\"version\": 1,\n \"entries\": 7}");
    Path config =
        Files.writeString(
            home.resolve("plugins.toml"),
            """
            [[components]]
            kind = "pricing"
            [[components.config.sources]]
            type = "file"
            path = "prices.json"
            [[components.config.sources]]
            type = "file"
            path = "absent.json"
            """);
    for (String command : new String[] {"validate", "run --once", "price"}) {
      String[] arguments = (command + " --config " + config).split(" ", -1);
      assertThat(run(arguments)).isEqualTo(1);
      assertThat(commands.out() + commands.err())
          .as(command)
          .contains(prices + ":2:13: error pricing.invalid_config")
          .contains(config + ":8:8: error pricing.invalid_config")
          .contains("file 'absent.json' does not exist")
          .doesNotContain("Exception", "jackson", "start_failed", "Its plugin is");
    }
  }

  @Test
  void theDemoShowsWhatTheRecordingsHold() {
    assertThat(run("demo", "--once")).as(() -> commands.err()).isZero();
    assertThat(commands.out())
        .contains("20261121_070259_9ec114")
        .contains("openclaw/main")
        .contains("142,833")
        .contains("mock-alpha-1")
        .contains("delegate_task")
        .contains("1 open turn");
  }

  @Test
  void theReadmeShowsWhatTheDemoPrints() throws IOException {
    assertThat(run("demo", "--once")).as(() -> commands.err()).isZero();
    String readme = Files.readString(ROOT.resolve("README.md"));
    int begin = readme.indexOf("```\n", readme.indexOf("<!-- BEGIN demo")) + "```\n".length();
    assertThat(readme.substring(begin, readme.indexOf("```\n<!-- END demo")))
        .isEqualToNormalizingNewlines(commands.out());
  }

  @Test
  void aReportOfWhatIsFoundWithoutAFile() throws IOException {
    RealCommands.copyRecordings(home.resolve(".hermes"));
    assertThat(run("report", "--format", "json")).as(() -> commands.err()).isZero();
    assertThat(commands.out()).startsWith("{\"sessions\":[{\"runtime\":\"hermes\"");
    assertThat(run("report", "--by", "day")).isZero();
    assertThat(commands.out()).contains("2026-11-21");
    assertThat(home.resolve(".local")).as("nothing is left behind").doesNotExist();
  }

  @Test
  void onceIntoAFileIsNotReadTwice() throws IOException {
    RealCommands.copyRecordings(home.resolve("h"));
    Path config =
        Files.writeString(
            home.resolve("plugins.toml"),
            "[[components]]\nkind = \"hermes\"\n[components.config]\nhome = \""
                + home.resolve("h")
                + "\"\nzone = \"UTC\"\n");
    assertThat(run("run", "--once", "--config", config.toString()))
        .as(() -> commands.err())
        .isZero();
    assertThat(commands.err()).contains("1 turn still open").doesNotContain("read 0 events");
    assertThat(run("run", "--once", "--config", config.toString())).isZero();
    assertThat(commands.err()).contains("read 0 events");
  }

  @ParameterizedTest
  @CsvSource({
    "hermes, missing, hermes.home_missing",
    "hermes, empty, hermes.home_missing",
    "hermes, garbage, hermes.store_unreadable",
    "hermes, directory, hermes.store_not_a_file",
    "openclaw, missing, openclaw.home_missing",
    "openclaw, garbage, openclaw.store_unreadable",
    "openclaw, directory, openclaw.store_not_a_file"
  })
  void aSourceThatCannotBeReadFailsTheCommand(String kind, String what, String code)
      throws IOException {
    Path source = home.resolve("agents-home");
    Path store = source.resolve(storeOf(kind));
    switch (what) {
      case "missing" -> assertThat(source).doesNotExist();
      case "empty" -> Files.createDirectories(source);
      case "directory" -> Files.createDirectories(store);
      default -> {
        Files.createDirectories(store.getParent());
        Files.writeString(store, "this is no database, but long enough to look\n".repeat(100));
      }
    }
    Path config =
        Files.writeString(
            home.resolve("plugins.toml"),
            "[[components]]\nkind = \"%s\"\n[components.config]\nhome = \"%s\"\n"
                .formatted(kind, source));
    String command = what.equals("directory") ? "run --once" : "report";
    String[] arguments = (command + " --config " + config).split(" ", -1);
    assertThat(run(arguments)).as(() -> commands.err()).isEqualTo(1);
    assertThat(commands.err())
        .contains("warning " + code)
        .contains(source.toString())
        .contains("not read: '" + kind + "'")
        .doesNotContain("Exception");
  }

  @Test
  void aHomeThatIsFoundButHoldsNothingYetIsFine() throws IOException {
    Files.createDirectories(home.resolve(".hermes"));
    assertThat(run("report")).as(() -> commands.err()).isZero();
    assertThat(commands.err()).contains("hermes.home_missing");
  }

  private static String storeOf(String kind) {
    return kind.equals("hermes") ? "state.db" : "agents/main/agent/openclaw-agent.sqlite";
  }

  @Test
  void aProgramIsToldThatThereIsNoFile() {
    assertThat(run("validate", "--format", "json")).isEqualTo(1);
    assertThat(commands.out())
        .startsWith("{\"diagnostics\":[{\"level\":\"error\"")
        .contains("\"code\":\"plugin.configuration_file_missing\"")
        .endsWith("}]}\n");
  }

  @Test
  void aPortInUseIsToldOnce() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Path config =
          Files.writeString(
              home.resolve("plugins.toml"),
              "[[components]]\nkind = \"prometheus\"\n[components.config]\nport = %d\n"
                  .formatted(taken.getLocalPort()));
      assertThat(run("run", "--config", config.toString())).isEqualTo(1);
      assertThat(commands.err().lines().filter(line -> line.contains("listen")))
          .singleElement()
          .asString()
          .contains("prometheus.port_in_use", ":" + taken.getLocalPort());
      assertThat(commands.err())
          .contains("nothing was started")
          .doesNotContain("Exception", "Its plugin is", "start_failed");
    }
  }

  @Test
  void aDataDirectoryThatIsAFileIsToldInWords() throws IOException {
    Path file = Files.writeString(home.resolve("taken"), "");
    Path config = Files.writeString(home.resolve("plugins.toml"), "data_dir = \"" + file + "\"\n");
    assertThat(run("run", "--once", "--config", config.toString())).isEqualTo(1);
    assertThat(commands.err())
        .contains("journal.unavailable", file + " exists already")
        .doesNotContain("Exception");
  }

  @Test
  void theReferenceIsCurrent() throws IOException {
    String written = new ReferenceWriter().write(new CoreKernel(commands.host()).catalog(null));
    Path page = ROOT.resolve("docs/configuration.md");
    if (Boolean.getBoolean(UPDATE)) {
      Files.writeString(page, written);
    }
    assertThat(written)
        .as("docs/configuration.md; -D" + UPDATE + "=true writes it")
        .isEqualTo(Files.readString(page));
  }
}
