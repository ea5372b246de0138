package io.fairlead.cli;

import static io.fairlead.cli.RealCommands.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.config.ConfigSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of {@code docs/backends} and the documents about backends, with the real providers. */
@NullUnmarked // assertions are what finds a null here
class BackendPagesTest {

  private static final Path PAGES = ROOT.resolve("docs/backends");
  private static final Pattern BLOCK = Pattern.compile("```toml\n(.*?)```", Pattern.DOTALL);
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:(\\w+)");
  private static final Pattern FINDING =
      Pattern.compile("(?m):(\\d+:\\d+): (?:error|warning) ([a-z_.]+)");
  private static final Pattern EXPECTED = Pattern.compile("(?m)^# expect: ([a-z_.]+) (\\d+:\\d+)$");

  @TempDir Path home;

  static List<Path> pages() throws IOException {
    try (Stream<Path> pages = Files.list(PAGES)) {
      return pages.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void whatAPageShowsIsValid(Path page) throws IOException {
    List<String> blocks = matches(BLOCK, Files.readString(page), "$1");
    assertThat(blocks).isNotEmpty();
    for (String block : blocks) {
      RealCommands commands = new RealCommands(home);
      matches(VARIABLE, block, "$1").forEach(name -> commands.variable(name, "x"));
      Path file = Files.writeString(home.resolve("plugins.toml"), block);
      assertThat(commands.run("validate", "--strict", "--config", file.toString()))
          .as(() -> commands.out() + commands.err())
          .isZero();
      if (!page.endsWith("README.md")) {
        String name = page.getFileName().toString().replace(".md", "");
        assertThat(block).contains("backend = \"" + name + "\"");
      }
    }
  }

  @Test
  void everyBackendHasAPage() throws IOException {
    List<String> named = new ArrayList<>();
    for (Path page : pages()) {
      named.add(page.getFileName().toString().replace(".md", ""));
    }
    named.remove("README");
    assertThat(named).containsExactlyInAnyOrderElementsOf(backends());
    String table = Files.readString(PAGES.resolve("README.md"));
    assertThat(matches(Pattern.compile("(?m)^\\| \\[([\\w-]+)]"), table, "$1"))
        .containsExactlyElementsOf(backends());
  }

  @ParameterizedTest
  @ValueSource(strings = {"backends.toml", "backend-signals.toml"})
  void findsWhatTheCommentsSay(String name) throws IOException {
    Path fixture = ROOT.resolve("cli/src/test/resources/diagnostics").resolve(name);
    RealCommands commands = new RealCommands(home);
    commands.run("validate", "--config", fixture.toString());
    assertThat(matches(FINDING, commands.out(), "$2 $1"))
        .as(commands::out)
        .containsExactlyInAnyOrderElementsOf(matches(EXPECTED, Files.readString(fixture), "$1 $2"));
  }

  @Test
  void anUnknownBackendIsAnsweredWithTheOnesThereAre() {
    RealCommands commands = new RealCommands(home);
    Path fixture = ROOT.resolve("cli/src/test/resources/diagnostics/backends.toml");
    assertThat(commands.run("validate", "--config", fixture.toString())).isEqualTo(1);
    assertThat(commands.out())
        .contains("did you mean 'newrelic'?", "'prometheus-otlp'", "'elastic'");
  }

  private static List<String> backends() {
    for (ExporterProvider provider : ServiceLoader.load(ExporterProvider.class)) {
      if (provider.kind().equals("opentelemetry")) {
        ConfigSpec endpoint = provider.configSpec().field("endpoints").table();
        return endpoint.field("backend").allowed();
      }
    }
    throw new AssertionError("no exporter for OTLP");
  }

  private static List<String> matches(Pattern pattern, String text, String form) {
    List<String> found = new ArrayList<>();
    for (MatchResult match : pattern.matcher(text).results().toList()) {
      String filled = form;
      for (int group = 1; group <= match.groupCount(); group++) {
        filled = filled.replace("$" + group, match.group(group));
      }
      found.add(filled);
    }
    return found;
  }
}
