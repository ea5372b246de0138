package io.fairlead.core.observability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.core.config.PlainValues;
import io.fairlead.core.config.TomlDocument;
import io.fairlead.core.config.TomlReader;
import io.fairlead.core.config.TomlScanner;
import io.fairlead.core.validation.DocumentValidator;
import io.fairlead.core.validation.FakeProviders;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.Resources;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of older generations rewritten for the current one. */
@NullUnmarked // assertions are what finds a null here
class MigrationTest {

  private static final Map<String, String> ENVIRONMENT = Map.of();

  static Stream<Path> documents() {
    return Stream.of("diagnostics", "nemo-validate", "layering")
        .flatMap(directory -> Resources.list(directory, ".toml").stream())
        .filter(file -> TomlReader.read(file).diagnostics().isEmpty());
  }

  static Stream<Path> goldens() {
    return Resources.list("migration", ".old.toml").stream();
  }

  private static Migration migrate(String text) throws Migration.UnknownShape {
    return Migration.of(text, "f", ENVIRONMENT::get);
  }

  private static Plan plan(String text) {
    TomlDocument document = TomlReader.parse(text, null);
    return new DocumentValidator(FakeProviders.catalog(), ENVIRONMENT::get)
        .validate(document.table(), document.diagnostics());
  }

  /** What the exporters get. */
  private static List<Object> expanded(String text) {
    List<Object> components = new ArrayList<>();
    plan(text)
        .components()
        .forEach(
            c -> {
              components.add(c.instance() + " " + c.enabled());
              components.add(PlainValues.of(c.config().table()));
            });
    return components;
  }

  @ParameterizedTest
  @MethodSource("goldens")
  void rewritesAsAPersonWould(Path old) throws Migration.UnknownShape {
    Path expected =
        old.resolveSibling(old.getFileName().toString().replace(".old.toml", ".new.toml"));
    Migration migration = migrate(Resources.text(old));
    assertThat(migration.text()).isEqualTo(Resources.text(expected));
    assertThat(migrate(migration.text()).text()).isEqualTo(migration.text());
    assertThat(plan(migration.text()).report().diagnostics()).noneMatch(Diagnostic::isError);
    assertThat(expanded(migration.text())).isEqualTo(expanded(Resources.text(old)));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void everyDocumentMeansTheSame(Path file) throws Migration.UnknownShape {
    String text = Resources.text(file);
    Migration migration;
    try {
      migration = migrate(text);
    } catch (Migration.UnknownShape e) {
      assertThat(e.getMessage())
          .containsAnyOf("more than one component", "no generation", "has no effect in generation");
      return;
    }
    assertThat(expanded(migration.text())).isEqualTo(expanded(text));
    assertThat(migrate(migration.text()).text()).isEqualTo(migration.text());
    if (migration.from() == Migration.TARGET) {
      assertThat(migration.text()).isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261121})
  void randomDocumentsMeanTheSame(long seed) throws Migration.UnknownShape {
    Random random = new Random(seed);
    for (int i = 0; i < 250; i++) {
      String text = new RandomDocument(random).text();
      String context = "seed " + seed + ", document " + i + "\n" + text + "\n->\n";
      assertThatCode(() -> migrate(text)).as(context).doesNotThrowAnyException();
      Migration migration = migrate(text);
      assertThat(expanded(migration.text()))
          .as(context + migration.text())
          .isEqualTo(expanded(text));
      assertThat(plan(migration.text()).report().diagnostics())
          .as(context + migration.text())
          .noneMatch(Diagnostic::isError);
      assertThat(migrate(migration.text()).text()).isEqualTo(migration.text());
      assertThat(RandomDocument.comments(migration.text()))
          .as(context + migration.text())
          .containsExactlyInAnyOrderElementsOf(RandomDocument.comments(text));
    }
  }

  @Test
  void textsAreCutWithoutLoss() {
    documents()
        .map(Resources::text)
        .forEach(text -> assertThat(TomlScanner.text(TomlScanner.blocks(text))).isEqualTo(text));
  }

  @Test
  void whatIsNotUnderstoodIsRefused() {
    String component = "[[components]]\nkind = \"observability\"\n";
    refused(
        component + "config = { version = 1, opentelemetry = { enabled = true } }\n",
        "line 3: section 'opentelemetry' is not written under a header");
    refused(
        component + "[components.config]\nversion = 1\nopentelemetry.enabled = true\n",
        "line 5: section 'opentelemetry' is not written under a header");
    refused(
        component
            + "[components.config]\nversion = 1\n[components.config.atof]\nenabled = true\n"
            + "endpoints = [{ url = \"http://a\" }]\n",
        "line 7: 'endpoints' is not laid out under headers [[components.config.atof.endpoints]]");
    refused("components = [{ kind = \"observability\", config = { version = 1 } }]\n[[x", "TOML");
    refused(component + "[components.config]\nversion = 7\n", "line 4: there is no generation 7");
    String two = component + "[components.config]\nversion = 1\n";
    refused(two + two, "line 5: it has more than one");
  }

  @Test
  void theNumberAloneIsEnoughWhereNothingElseChanges() throws Migration.UnknownShape {
    String inline = "components = [{ kind = \"observability\", config = { version = 3 } }]\n";
    assertThat(migrate(inline).text()).isEqualTo(inline.replace('3', '4'));
    String crlf = "\uFEFF[[components]]\r\nkind = \"observability\"\r\n[components.config]\r\n";
    assertThat(migrate(crlf + "version = 2 # old").text()).isEqualTo(crlf + "version = 4 # old");
    assertThat(migrate("[[components]]\nkind = \"hermes\"\n").from()).isEqualTo(4);
  }

  @Test
  void saysWhatCouldNotBeCarried() throws Migration.UnknownShape {
    Migration migration =
        migrate(
            """
            [[components]]
            kind = "observability"
            [components.config]
            version = 2
            [components.config.opentelemetry]
            enabled = true
            [components.config.openinference]
            enabled = false
            """);
    assertThat(migration.notes())
        .extracting(n -> n.code() + " " + n.component() + " " + n.position())
        .containsExactly(
            "observability.section_dropped openinference f:7:1",
            "observability.address_written opentelemetry f:5:1");
    assertThat(migration.text()).contains("\n# enabled = false\n");
  }

  @Test
  void saysWhichKeysNobodyKnows() throws Migration.UnknownShape {
    Migration migration =
        migrate(
            """
            [[components]]
            kind = "observability"
            [components.config]
            version = 2
            [components.config.opentelemetry]
            enabled = true
            endpoint = "http://a:4318/v1/traces"
            [components.config.openinference]
            enabled = true
            endpoint = "http://b:4318/v1/traces"
            colour = "blue"
            """);
    assertThat(migration.notes())
        .extracting(n -> n.code() + " " + n.component() + " " + n.position())
        .containsExactly("observability.keys_dropped openinference f:8:1");
    assertThat(migration.text()).contains("\n# colour = \"blue\"\n");
  }

  private static void refused(String text, String why) {
    assertThatThrownBy(() -> migrate(text))
        .isInstanceOf(Migration.UnknownShape.class)
        .hasMessageContaining(why);
  }
}
