package io.fairlead.cli;

import static io.fairlead.cli.RealCommands.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.GsonNode;
import io.fairlead.core.KernelOptions;
import io.fairlead.core.PluginConfig;
import io.fairlead.testkit.NodeJson;
import io.fairlead.testkit.TomlExpectations;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents and codes as programs and editors are told of them, over the installed components. */
@NullUnmarked // assertions are what finds a null here
class DocumentFormsTest {

  @TempDir Path home;
  private RealCommands commands;

  @BeforeEach
  void prepare() {
    commands = new RealCommands(home);
  }

  private int run(String... arguments) {
    return commands.run(arguments);
  }

  static Stream<Path> fixtures() throws IOException {
    return Files.list(ROOT.resolve("cli/src/test/resources/diagnostics"));
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void installedComponentsFindWhatTheCommentsSay(Path file) throws IOException {
    TomlExpectations.assertMatches(
        Files.readString(file),
        PluginConfig.load(file)
            .validate(KernelOptions.builder().environment(name -> null).build())
            .diagnostics());
  }

  @Test
  void theSchemaTakesTheExample() throws IOException {
    Path out = home.resolve("schema.json");
    assertThat(run("schema", "--out", out.toString())).isZero();
    assertThat(run("schema")).isZero();
    assertThat(commands.out())
        .isEqualTo(Files.readString(out))
        .contains("\"const\" : \"openclaw\"");

    Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new GsonNode.Factory()).createValidator();
    URI schema = validator.registerSchema(Files.readString(out));
    PluginConfig example = PluginConfig.load(ROOT.resolve("plugins.toml.example"));
    assertThat(validator.validate(schema, NodeJson.write(example.document())).getErrors())
        .isEmpty();
    assertThat(
            validator
                .validate(schema, "{\"components\":[{\"kind\":\"hermes\",\"config\":{\"hom\":1}}]}")
                .isValid())
        .isFalse();
  }

  @Test
  void theSchemaCannotBeWrittenToADirectory() {
    assertThat(run("schema", "--out", home.toString())).isEqualTo(1);
    assertThat(commands.err()).contains("cannot be written");
  }

  @Test
  void everyFormOfTheReportKnowsStrictness() throws IOException {
    Path file = Files.writeString(home.resolve("p.yaml"), "components:\n  - kind: hermse\n");
    for (String form : new String[] {"text", "json", "sarif"}) {
      assertThat(run("validate", "--format", form, "--config", file.toString())).isZero();
      assertThat(commands.out()).contains("plugin.unknown_component").endsWith("\n");
      assertThat(run("validate", "--strict", "--format", form, "--config", file.toString()))
          .as(form)
          .isEqualTo(1);
    }
    assertThat(commands.out())
        .contains(
            "\"uri\":\"" + file.toUri() + "\"",
            "\"region\":{\"startLine\":2,\"startColumn\":11}",
            "\"text\":\"A component whose `kind` nobody stands behind.\"",
            "\"helpUri\":\"docs/diagnostics/plugin.unknown_component.md\"");
    assertThat(run("validate", "--format", "sarif")).isEqualTo(1);
    assertThat(commands.out()).contains("plugin.configuration_file_missing");
  }

  @Test
  void everyCodeIsExplained() throws IOException {
    assertThat(run("explain", "plugin.same_source")).isZero();
    assertThat(commands.out())
        .isEqualTo(Files.readString(ROOT.resolve("docs/diagnostics/plugin.same_source.md")));
    assertThat(run("explain", "hermes.unknown_field")).isZero();
    assertThat(commands.out()).startsWith("# kind.unknown_field\n");
    assertThat(run("explain", "--format", "json", "hermes.unknown_field")).isZero();
    assertThat(commands.out())
        .startsWith("{\"code\":\"hermes.unknown_field\",\"page\":\"kind.unknown_field\"");
    assertThat(run("explain")).isZero();
    assertThat(commands.out()).contains("plugin.same_source", "Two components read the same");
    assertThat(run("explain", "--format", "json")).isZero();
    assertThat(commands.out()).startsWith("{\"codes\":[{\"code\":\"adapter.close_failed\"");
    assertThat(run("explain", "plugin.same_sourse")).isEqualTo(1);
    assertThat(commands.err()).contains("did you mean 'plugin.same_source'?");
    assertThat(run("explain", "moon")).isEqualTo(1);
    assertThat(commands.err()).contains("`fairlead explain` lists all");
  }
}
