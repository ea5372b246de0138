package io.fairlead.core.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.KernelOptions;
import io.fairlead.core.PluginConfig;
import io.fairlead.core.config.Nodes;
import io.fairlead.core.validation.FakeProviders;
import io.fairlead.core.validation.LayeredValidator;
import io.fairlead.core.validation.Plan;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers beyond what NeMo Relay can answer: generations, names, places of files. */
@NullUnmarked // assertions are what finds a null here
class LayersTest {

  private static final String HEAD = "[[components]]\nkind = \"observability\"\n";

  @TempDir Path directory;

  private Path write(String name, String toml) throws IOException {
    return Files.writeString(directory.resolve(name), toml);
  }

  private LayeredDocument read(String user, String system) throws IOException {
    ConfigFiles files =
        new ConfigFiles(null, write("user.toml", user), write("system.toml", system));
    return LayerReader.read(files, null, name -> null);
  }

  private static Plan plan(LayeredDocument document) {
    return new LayeredValidator(FakeProviders.catalog(), name -> null).validate(document);
  }

  private static List<String> findings(Plan plan) {
    return plan.report().diagnostics().stream()
        .filter(finding -> !finding.code().equals("plugin.configuration_inherited"))
        .map(LayersTest::line)
        .toList();
  }

  private static String line(Diagnostic finding) {
    return finding.level().wireName()
        + " "
        + finding.code()
        + " "
        + Path.of(String.valueOf(finding.position())).getFileName()
        + " "
        + finding.component()
        + "/"
        + finding.field();
  }

  @Test
  void layersOfTwoGenerationsAreMergedInTheNewest() throws IOException {
    LayeredDocument document =
        read(
            HEAD
                + """
                [components.config]
                version = 1
                [components.config.opentelemetry]
                enabled = true
                endpoint = "http://user:4318/v1/traces"
                [components.config.openinference]
                enabled = false
                endpoint = "http://never:4318/v1/traces"
                [components.config.atof]
                filename = "never.jsonl"
                """,
            HEAD
                + """
                [components.config]
                version = 4
                [[components.config.opentelemetry.endpoints]]
                type = "gen_ai"
                endpoint = "http://system:4318/v1/traces"
                [components.config.atof]
                enabled = true
                [[components.config.atof.sinks]]
                type = "file"
                output_directory = "/s"
                """);
    Plan plan = plan(document);
    assertThat(findings(plan)).isEmpty();
    ConfigView opentelemetry = component(plan, "opentelemetry");
    assertThat(opentelemetry.tables("endpoints"))
        .extracting(e -> e.string("type") + " " + e.string("endpoint"))
        .containsExactly("gen_ai http://system:4318/v1/traces", "full http://user:4318/v1/traces");
    assertThat(component(plan, "atof").tables("sinks"))
        .as("what its author did not switch on is no sink")
        .hasSize(1);
    ConfigNode address = opentelemetry.tables("endpoints").get(1).node("endpoint");
    assertThat(address.position().file()).endsWith("user.toml");
    assertThat(address.position().line()).isEqualTo(7);
  }

  @Test
  void eachLayerIsCheckedByItsOwnGeneration() throws IOException {
    LayeredDocument document =
        read(
            HEAD
                + """
                [components.config]
                version = 1
                [components.config.opentelemetry]
                enabled = true
                transport = "pigeon"
                nonsense = 1
                """,
            HEAD
                + """
                [components.config]
                version = 4
                [components.config.opentelemetry]
                service_name = "flat"
                """);
    assertThat(findings(plan(document)))
        .containsExactly(
            "warning observability.unknown_field user.toml:8:1 opentelemetry/nonsense",
            "error observability.unsupported_value user.toml:7:13 opentelemetry/transport",
            "error observability.legacy_opentelemetry_field system.toml:6:1"
                + " opentelemetry/service_name");
  }

  @Test
  void aLayerOfTheMiddleGenerationNeedsNothingTheOtherGives() throws IOException {
    LayeredDocument document =
        read(
            HEAD
                + "[components.config]\nversion = 3\n[components.config.opentelemetry]\n"
                + "enabled = true\n",
            HEAD
                + """
                [components.config]
                version = 4
                [[components.config.opentelemetry.traces]]
                type = "full"
                endpoint = "http://system:4318"
                """);
    assertThat(findings(plan(document))).isEmpty();
    assertThat(component(plan(document), "opentelemetry").tables("endpoints")).hasSize(1);
  }

  @Test
  void anUnknownGenerationIsNotHiddenByANewerFile() throws IOException {
    LayeredDocument document =
        read(
            HEAD + "[components.config]\nversion = 9\n",
            HEAD + "[components.config]\nversion = 4\n");
    assertThat(findings(plan(document)))
        .containsExactly(
            "error observability.unsupported_config_version user.toml:4:11 observability/version");
  }

  @Test
  void namesMatchBeforePlaces() throws IOException {
    String component = "[[components]]\nkind = \"hermes\"\n%s[components.config]\n%s = \"%s\"\n";
    LayeredDocument document =
        read(
            component.formatted("name = \"a\"\n", "home", "/a")
                + component.formatted("name = \"b\"\n", "home", "/b")
                + component.formatted("", "home", "/c"),
            component.formatted("name = \"b\"\n", "poll", "5s")
                + component.formatted("", "poll", "7s")
                + component.formatted("name = \"d\"\n", "home", "/d"));
    Plan plan = plan(document);
    assertThat(findings(plan)).isEmpty();
    assertThat(plan.components())
        .extracting(
            c -> c.instance() + " " + c.config().string("home") + " " + c.config().string("poll"))
        .containsExactly("a /a 2s", "b /b 5s", "hermes /c 7s", "d /d 2s");
  }

  @Test
  void aRepeatableKindMayRepeatInAFile() throws IOException {
    String hermes = "[[components]]\nkind = \"hermes\"\n[components.config]\nhome = \"/%s\"\n";
    assertThat(findings(plan(read(hermes.formatted("a") + hermes.formatted("b"), "")))).isEmpty();
  }

  @Test
  void aProgramsDocumentLiesOnTop() throws IOException {
    Path user = write("user.toml", HEAD + "[components.config.atif]\nmodel_name = \"u\"\n");
    KernelOptions options =
        KernelOptions.builder()
            .environment(Map.of())
            .configFiles(new ConfigFiles(null, user, directory.resolve("none.toml")))
            .build();
    PluginConfig config =
        PluginConfig.builder()
            .component(
                "observability", c -> c.table("atif", atif -> atif.set("agent_name", "code")))
            .build()
            .overFiles(options);
    assertThat(config.files()).containsExactly(user);
    ConfigNode.Table atif =
        Nodes.table(
            Nodes.table(Nodes.tableAt(config.document(), "components", 0), "config"), "atif");
    assertThat(Nodes.text(atif, "agent_name")).isEqualTo("code");
    assertThat(Nodes.text(atif, "model_name")).isEqualTo("u");
    assertThat(Nodes.get(atif, "model_name").position().file()).isEqualTo(user.toString());
    assertThat(PluginConfig.discover(options).validate(options).hasErrors()).isFalse();
  }

  @Test
  void theUsualPlaces() {
    Map<String, String> variables = Map.of("HOME", "/users/x");
    ConfigFiles usual = ConfigFiles.standard(variables::get);
    assertThat(usual.explicit()).isNull();
    assertThat(usual.candidates()).contains(Path.of("/users/x/.config/fairlead/plugins.toml"));
    assertThat(usual.withExplicit(Path.of("e.toml")).candidates())
        .startsWith(Path.of("e.toml"))
        .doesNotContain(Path.of("/users/x/.config/fairlead/plugins.toml"));
    Map<String, String> xdg =
        Map.of("XDG_CONFIG_HOME", "/xdg", "FAIRLEAD_CONFIG", "/f.toml", "HOME", "/users/x");
    assertThat(ConfigFiles.standard(xdg::get).user())
        .isEqualTo(Path.of("/xdg/fairlead/plugins.toml"));
    assertThat(ConfigFiles.standard(xdg::get).explicit()).isEqualTo(Path.of("/f.toml"));
    Map<String, String> relative = Map.of("XDG_CONFIG_HOME", "here", "HOME", "/users/x");
    assertThat(ConfigFiles.standard(relative::get).user())
        .as("a relative directory would be one of the working directory")
        .isEqualTo(Path.of("/users/x/.config/fairlead/plugins.toml"));
    assertThat(ConfigFiles.system(variables::get, false))
        .isEqualTo(Path.of("/etc/fairlead/plugins.toml"));
    assertThat(ConfigFiles.system(Map.of("ProgramData", "/pd")::get, true))
        .isEqualTo(Path.of("/pd/fairlead/plugins.toml"));
  }

  @Test
  void whereThereIsNoTomlAYamlIsRead(@TempDir Path configurations) throws IOException {
    Path directory = Files.createDirectories(configurations.resolve("fairlead"));
    assertThat(ConfigFiles.user(configurations)).isEqualTo(directory.resolve("plugins.toml"));
    Path yml = Files.writeString(directory.resolve("plugins.yml"), "version: 1\n");
    assertThat(ConfigFiles.user(configurations)).isEqualTo(yml);
    Path yaml = Files.writeString(directory.resolve("plugins.yaml"), "version: 1\n");
    assertThat(ConfigFiles.user(configurations)).isEqualTo(yaml);
    Path toml = Files.writeString(directory.resolve("plugins.toml"), "version = 1\n");
    assertThat(ConfigFiles.user(configurations)).isEqualTo(toml);
  }

  private static ConfigView component(Plan plan, String instance) {
    return plan.components().stream()
        .filter(component -> component.instance().equals(instance))
        .findFirst()
        .orElseThrow()
        .config();
  }
}
