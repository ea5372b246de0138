package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layered configurations and {@code fairlead config} over the real kernel. */
@NullUnmarked // assertions are what finds a null here
class ConfigCommandTest {

  private static final String USER =
      """
      [[components]]
      kind = "observability"
      [components.config]
      version = 4
      [components.config.opentelemetry]
      enabled = true
      [[components.config.opentelemetry.endpoints]]
      type = "full"
      endpoint = "http://me:b-secret@u:4318/v1/traces?key=b-secret"
      [components.config.opentelemetry.endpoints.headers]
      authorization = "Bearer b-secret"
      x-ref = "${env:TOKEN:-b-secret}"
      [components.config.opentelemetry.endpoints.resource_attributes]
      team = "${env:TEAM:-b-secret}"
      [[components]]
      kind = "unheard-of"
      [components.config]
      password = "b-secret"
      size = 5
      """;

  private static final String SYSTEM =
      """
      [[components]]
      kind = "observability"
      [components.config]
      nonsense = "b-secret"
      [[components.config.opentelemetry.endpoints]]
      type = "gen_ai"
      endpoint = "http://s:4318/v1/traces"
      mark_exclude_names = ["a", "b"]
      """;

  private static final String OLD =
      """
      # mine
      [[components]]
      kind = "observability"
      [components.config]
      version = 1
      [components.config.opentelemetry]
      endpoint = "http://u:4318/v1/traces" # the collector
      enabled = true
      [components.config.openinference]
      enabled = false
      """;

  @TempDir Path home;
  private RealCommands commands;
  private Path user;
  private Path system;

  @BeforeEach
  void prepare() throws IOException {
    commands = new RealCommands(home);
    user = home.resolve(".config/fairlead/plugins.toml");
    system = home.resolve("etc/plugins.toml");
    Files.createDirectories(user.getParent());
    Files.createDirectories(system.getParent());
  }

  private int run(String... arguments) {
    return commands.run(arguments);
  }

  @Test
  void showsEachValueWithItsOriginAndNoSecret() throws IOException {
    Files.writeString(user, USER);
    Files.writeString(system, SYSTEM);
    commands.variable("TEAM", "b-secret");
    commands.variable("OTEL_SERVICE_NAME", "from-outside");
    assertThat(run("config")).as("the user in the address is an error").isEqualTo(1);
    assertThat(commands.out().replace(home.toString(), "~"))
        .isEqualTo(
            """
            [[components]]
            kind = "observability"  # ~/etc/plugins.toml:2

            [components.config]
            version = 4  # ~/.config/fairlead/plugins.toml:4
            nonsense = "[REDACTED]"  # ~/etc/plugins.toml:4

            [components.config.opentelemetry]
            enabled = true  # ~/.config/fairlead/plugins.toml:6

            [[components.config.opentelemetry.endpoints]]
            type = "gen_ai"  # ~/etc/plugins.toml:6
            endpoint = "http://s:4318/v1/traces"  # ~/etc/plugins.toml:7
            mark_exclude_names = [
              "a",  # ~/etc/plugins.toml:8
              "b",  # ~/etc/plugins.toml:8
            ]
            service_name = "from-outside"  # environment OTEL_SERVICE_NAME

            [[components.config.opentelemetry.endpoints]]
            type = "full"  # ~/.config/fairlead/plugins.toml:8
            endpoint = "http://[REDACTED]@u:4318/v1/traces?[REDACTED]"  # ~/.config/fairlead/plugins.toml:9
            service_name = "from-outside"  # environment OTEL_SERVICE_NAME

            [components.config.opentelemetry.endpoints.headers]
            authorization = "[REDACTED]"  # ~/.config/fairlead/plugins.toml:11
            x-ref = "[REDACTED]"  # ~/.config/fairlead/plugins.toml:12

            [components.config.opentelemetry.endpoints.resource_attributes]
            team = "${env:TEAM:-[REDACTED]}"  # ~/.config/fairlead/plugins.toml:14

            [[components]]
            kind = "unheard-of"  # ~/.config/fairlead/plugins.toml:16

            [components.config]
            password = "[REDACTED]"  # ~/.config/fairlead/plugins.toml:18
            size = 5  # ~/.config/fairlead/plugins.toml:19
            """);
    assertThat(commands.err())
        .contains("observability.unknown_field", system + ":4:1")
        .doesNotContain("b-secret");
    assertThat(run("config", "--format", "json", "--defaults")).isEqualTo(1);
    assertThat(commands.out())
        .contains("{\"value\":4,\"origin\":\"" + user + ":4\"}")
        .contains("\"timeout_millis\":{\"value\":3000,\"origin\":\"default\"}")
        .doesNotContain("b-secret");
  }

  @Test
  void headersOfTheEnvironmentAreNamedAndNotShown() throws IOException {
    String endpoint =
        "[[components.config.opentelemetry.endpoints]]\ntype = \"full\"\n"
            + "endpoint = \"http://127.0.0.1:4318\"\n";
    String document =
        "[[components]]\nkind = \"observability\"\n[components.config]\nversion = 4\n"
            + "[components.config.opentelemetry]\nenabled = true\n"
            + endpoint;
    Files.writeString(user, document);
    commands.variable("OTEL_EXPORTER_OTLP_HEADERS", "authorization=s3cret");
    commands.variable("OTEL_RESOURCE_ATTRIBUTES", "team=x");
    assertThat(run("config")).isZero();
    assertThat(commands.out())
        .contains("headers = \"[REDACTED]\"  # environment OTEL_EXPORTER_OTLP_HEADERS")
        .contains("resource_attributes = \"team=x\"  # environment OTEL_RESOURCE_ATTRIBUTES")
        .doesNotContain("s3cret");
    Files.writeString(user, document + endpoint.replace("4318", "4319"));
    assertThat(run("config")).isZero();
    assertThat(commands.out()).as("for an endpoint that is alone").doesNotContain("headers");
  }

  @Test
  void yamlIsNotRewritten() throws IOException {
    Path yaml = Files.writeString(home.resolve("a.yaml"), "components: []\n");
    assertThat(run("config", "--migrate", "4", "--config", yaml.toString())).isEqualTo(1);
    assertThat(commands.err()).contains("only TOML can be rewritten");
    assertThat(commands.out()).isEmpty();
  }

  @Test
  void inheritedFilesAreToldAndNotHeldAgainstAnybody() throws IOException {
    Files.writeString(user, "version = 1\n");
    Files.writeString(system, "version = 1\n");
    assertThat(run("validate", "--strict")).isZero();
    assertThat(commands.out())
        .contains("info plugin.configuration_inherited", user.toString(), system.toString())
        .endsWith("no problems found\n");
    Files.writeString(system, "version = 2\n");
    assertThat(run("validate")).isEqualTo(1);
    assertThat(commands.out()).contains(system + ":1:11: error plugin.unsupported_config_version");
  }

  @Test
  void theSystemsFileCountsBesideANamedOne() throws IOException {
    Path named = Files.writeString(home.resolve("named.toml"), "data_dir = \"/mine\"\n");
    Files.writeString(user, "data_dir = \"/not-read\"\n");
    Files.writeString(system, "data_dir = \"/theirs\"\n");
    assertThat(run("config", "--config", named.toString())).isZero();
    assertThat(commands.out()).isEqualTo("data_dir = \"/theirs\"  # " + system + ":1\n");
  }

  @Test
  void printsTheTextOfTheNewGeneration() throws IOException {
    Files.writeString(user, OLD);
    assertThat(run("config", "--migrate", "4")).as(() -> commands.err()).isZero();
    assertThat(commands.out())
        .startsWith("# mine\n[[components]]\n")
        .contains("version = 4\n", "type = \"full\"\n", "# the collector\n", "# enabled = false\n");
    assertThat(commands.err()).contains("observability.section_dropped", user + ":9:1");
    assertThat(Files.readString(user)).isEqualTo(OLD);
    Path migrated = Files.writeString(home.resolve("new.toml"), commands.out());
    assertThat(run("validate", "--strict", "--config", migrated.toString())).isZero();
    assertThat(run("config", "--migrate", "4", "--config", migrated.toString())).isZero();
    assertThat(commands.out()).isEqualTo(Files.readString(migrated));
    assertThat(commands.err()).contains("needs no change");
  }

  @Test
  void replacesTheFileBesideABackup() throws IOException {
    Files.writeString(user, OLD);
    Files.setPosixFilePermissions(user, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(run("config", "--migrate", "4", "--write")).as(() -> commands.err()).isZero();
    assertThat(commands.out()).isEmpty();
    String migrated = Files.readString(user);
    assertThat(migrated).contains("version = 4\n");
    Path backup = user.resolveSibling("plugins.toml.bak");
    assertThat(Files.readString(backup)).isEqualTo(OLD);
    for (Path file : new Path[] {user, backup}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-r-----");
    }
    assertThat(run("config", "--migrate", "4", "--write")).isZero();
    assertThat(Files.readString(user)).isEqualTo(migrated);
    Files.writeString(user, OLD);
    assertThat(run("config", "--migrate", "4", "--write")).isEqualTo(1);
    assertThat(commands.err()).contains("plugins.toml.bak exists already");
    assertThat(Files.readString(user)).isEqualTo(OLD);
    try (var files = Files.list(user.getParent())) {
      assertThat(files).as("nothing else is left").hasSize(2);
    }
  }

  @Test
  void refusesWhatItCannotDoWell() throws IOException {
    Files.writeString(
        user,
        "[[components]]\nkind = \"observability\"\n[components.config]\nversion = 2\n"
            + "opentelemetry = { enabled = true }\n");
    String before = Files.readString(user);
    assertThat(run("config", "--migrate", "4", "--write")).isEqualTo(1);
    assertThat(commands.err())
        .contains(user + " cannot be rewritten and stays as it is", "[components.config.");
    assertThat(Files.readString(user)).isEqualTo(before);
    Files.writeString(
        user, OLD.replace("enabled = false", "enabled = true\nendpoint = \"http://u:4318\""));
    assertThat(run("config", "--migrate", "4")).isEqualTo(1);
    assertThat(commands.err())
        .contains("observability.unsafe_otel_destination_collision", "stays as it is");
    assertThat(run("config", "--migrate", "3")).isEqualTo(2);
    assertThat(run("config", "--write")).isEqualTo(2);
    assertThat(run("config", "--migrate", "4", "--config", home.toString())).isEqualTo(1);
  }

  @Test
  void itsHelpSaysWhereFilesAreLookedFor() {
    assertThat(run("config", "--help")).isZero();
    assertThat(commands.out())
        .contains("--migrate=4", "--write", "--defaults", "$FAIRLEAD_CONFIG", system.toString());
  }
}
