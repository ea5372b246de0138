package io.fairlead.cli;

import static io.fairlead.cli.RealCommands.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  @Test
  void faultsAreTellableByPrograms() throws IOException {
    Path file = Files.writeString(home.resolve("p.toml"), "[[components]]\nkind = \"hermse\"\n");
    assertThat(run("validate", "--format", "json", "--config", file.toString())).isZero();
    assertThat(commands.out())
        .contains("\"code\":\"plugin.unknown_component\"", "\"line\":", "hermes");
    assertThat(run("validate", "--config", home.resolve("none.toml").toString())).isEqualTo(1);
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
