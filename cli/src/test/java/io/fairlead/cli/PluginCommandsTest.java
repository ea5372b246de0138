package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins of a directory, and configurations that change, by the commands. */
class PluginCommandsTest {

  private static final String PRICES =
      """
      package plug;
      import io.fairlead.spi.*;
      import io.fairlead.spi.config.*;
      import io.fairlead.spi.event.*;
      import java.math.BigDecimal;
      public class Prices implements PricingProvider {
        public String kind() { return "my_prices"; }
        public ConfigSpec configSpec() { return ConfigSpec.EMPTY; }
        public ModelPricing create(ComponentContext context) {
          return question -> new ModelPricing.Quote(
              new Cost(BigDecimal.valueOf(42), "USD", Cost.Status.ESTIMATED, Cost.Source.CATALOG),
              "mine", null, null);
        }
      }
      """;

  @TempDir Path home;
  private RealCommands commands = new RealCommands(Path.of(""));
  private Path plugins = Path.of("");
  private Path config = Path.of("");

  @BeforeEach
  void prepare() throws IOException {
    commands = new RealCommands(home);
    plugins = Files.createDirectory(home.resolve("plugins"));
    config = home.resolve("plugins.toml");
  }

  private int run(String... arguments) {
    return commands.run(arguments);
  }

  private void packPrices() throws IOException {
    Path source = Files.writeString(home.resolve("Prices.java"), PRICES);
    Path classes = Files.createDirectory(home.resolve("classes"));
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                source.toString());
    assertThat(code).isZero();
    try (JarOutputStream out =
            new JarOutputStream(Files.newOutputStream(plugins.resolve("prices.jar")));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
      out.putNextEntry(new JarEntry("META-INF/services/io.fairlead.spi.PricingProvider"));
      out.write("plug.Prices".getBytes(StandardCharsets.UTF_8));
      out.closeEntry();
    }
  }

  @Test
  void everyCommandSeesAPluginOfTheDirectory() throws IOException {
    packPrices();
    String directory = plugins.toString();
    Files.writeString(config, "[[components]]\nkind = \"my_prices\"\n");

    assertThat(run("components", "--plugins-dir", directory)).as(commands::err).isZero();
    assertThat(commands.out()).contains("my_prices", "prices.jar (isolated)");
    assertThat(run("components", "--format", "json", "--plugins-dir", directory)).isZero();
    assertThat(commands.out()).contains("\"isolated\":true", "\"isolated\":false");

    assertThat(run("validate", "--strict", "--config", config.toString())).isEqualTo(1);
    assertThat(
            run("validate", "--strict", "--config", config.toString(), "--plugins-dir", directory))
        .as(commands::out)
        .isZero();

    commands.input("{\"model\":\"m\",\"usage\":{\"input_tokens\":1}}\n");
    assertThat(run("price", "--config", config.toString(), "--plugins-dir", directory))
        .as(commands::err)
        .isZero();
    assertThat(commands.out()).contains("\"cost\":\"42\"");

    assertThat(run("run", "--once", "--config", config.toString(), "--plugins-dir", directory))
        .as(commands::err)
        .isZero();
  }

  @Test
  void aBadPluginIsToldAndEndsNothing() throws IOException {
    Files.writeString(plugins.resolve("bad.jar"), "half a download");
    assertThat(run("components", "--plugins-dir", plugins.toString())).isZero();
    assertThat(commands.err()).contains("plugin.load_failed", "bad.jar");
  }

  private void meanwhile(String document) {
    commands.stop.meanwhile.add(
        () -> {
          try {
            Files.writeString(config, document);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    commands.stop.meanwhile.add(() -> {}); // it has to last for a second look
  }

  private String hermes(String name) {
    return """
    [[components]]
    kind = "hermes"
    name = "%s"
    [components.config]
    home = "%s"
    """
        .formatted(name, home.resolve(name));
  }

  @Test
  void aChangedConfigurationIsTakenOverAndABadOneIsNot() throws IOException {
    Files.writeString(config, hermes("one"));
    meanwhile(hermes("one") + hermes("two"));
    meanwhile("[[components]]\nkind = 7\n");
    meanwhile(hermes("two"));
    assertThat(run("run", "--config", config.toString())).as(commands::err).isZero();
    assertThat(commands.err())
        .containsSubsequence(
            "running; Ctrl-C stops",
            "configuration read again: started two",
            "plugin.invalid_config",
            "the new configuration was not taken; the former one goes on",
            "configuration read again: stopped one");
  }

  @Test
  void aFileThatIsOnlyTouchedChangesNothing() throws IOException {
    Files.writeString(config, hermes("one"));
    meanwhile(hermes("one"));
    assertThat(run("run", "--config", config.toString())).as(commands::err).isZero();
    assertThat(commands.err()).doesNotContain("configuration");
  }

  @Test
  void aNewPluginIsUsedOnceItIsThere() throws IOException {
    Files.writeString(config, "[[components]]\nkind = \"my_prices\"\n");
    commands.stop.meanwhile.add(
        () -> {
          try {
            packPrices();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });
    commands.stop.meanwhile.add(() -> {});
    assertThat(run("run", "--config", config.toString(), "--plugins-dir", plugins.toString()))
        .as(commands::err)
        .isZero();
    assertThat(commands.err()).contains("configuration read again: started my_prices");
  }
}
