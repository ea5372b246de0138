package io.fairlead.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

  private static final String DOCUMENT =
      """
      # a comment
      version: 1
      "a.b": x
      components:
        - kind: k
          config: { n: 1.50, "\uD83D\uDE00": 2, list: [one, two] }
        - kind: >-
            folded
            text
      """;

  @TempDir Path dir;

  @Test
  void knowsThePlaceOfEveryKeyAndValue() {
    ConfigNode.Table root = clean(DOCUMENT);
    assertThat(root.entries().keySet()).containsExactly("version", "a.b", "components");
    assertPlace(root, "version", 2, 1, 2, 10);
    assertPlace(root, "a.b", 3, 1, 3, 8);
    ConfigNode.Table first = Nodes.tableAt(root, "components", 0);
    assertThat(first.position()).isEqualTo(at(5, 5));
    assertPlace(first, "kind", 5, 5, 5, 11);
    ConfigNode.Table config = Nodes.table(first, "config");
    assertThat(config.position()).isEqualTo(at(6, 13));
    assertThat(Nodes.decimal(config, "n")).isEqualTo(new BigDecimal("1.50"));
    assertPlace(config, "list", 6, 33, 6, 39);
    assertThat(Nodes.element(config, "list", 1).position()).isEqualTo(at(6, 45));
    assertThat(Nodes.get(Nodes.tableAt(root, "components", 1), "kind"))
        .isEqualTo(new ConfigNode.Text("folded text", at(7, 11)));
  }

  @ParameterizedTest
  @CsvSource({
    "no, Text",
    "yes, Text",
    "on, Text",
    "off, Text",
    "n, Text",
    "2026-11-21, Text",
    "12:30:45, Text",
    "1_000, Text",
    "0b11, Text",
    "'\"1\"', Text",
    "'\"\"', Text",
    "!!str 5, Text",
    "! 5, Text",
    "true, Bool",
    "FALSE, Bool",
    "!!bool true, Bool",
    "-12, Integer",
    "!!int 7, Integer",
    "1e3, Decimal",
    ".5, Decimal",
    "!!float 3, Decimal"
  })
  void readsScalarsByTheCoreSchemaOfYaml12(String written, String type) {
    ConfigNode value = Nodes.get(clean("a: " + written + "\n"), "a");
    assertThat(value.getClass().getSimpleName()).isEqualTo(type);
  }

  @ParameterizedTest
  @CsvSource({"010, 10", "0o10, 8", "0xFF, 255", "+3, 3"})
  void readsWholeNumbersByTheCoreSchemaOfYaml12(String written, long value) {
    assertThat(Nodes.get(clean("a: " + written + "\n"), "a"))
        .isEqualTo(new ConfigNode.Integer(value, at(1, 4)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x: &a 1                | 1:4  | anchors are not supported",
        "&k x: 1                | 1:1  | anchors are not supported",
        "x: *a                  | 1:4  | aliases are not supported",
        "x: {<<: {y: 1}}        | 1:5  | merge keys are not supported",
        "x: {y: 1, y: 2}        | 1:11 | the key is there twice",
        "x: !!binary aGk=       | 1:4  | only the tags of YAML's core schema",
        "x: !mine y             | 1:4  | only the tags of YAML's core schema",
        "x: !!set {y}           | 1:4  | only the tags of YAML's core schema",
        "x: !!int y             | 1:4  | the value is not what its tag says",
        "? [x, y]               | 1:3  | a key must be a plain word or a string",
        "x:                     | 1:3  | null is no value",
        "x: ~                   | 1:4  | null is no value",
        "x: .inf                | 1:4  | infinity and not-a-number",
        "x: 99999999999999999999| 1:4  | the number is too large",
        "- x                    | 1:1  | the document must be a mapping",
        "x: [1                  | 2:1  | invalid YAML"
      })
  void refusesWithThePlace(String yaml, String place, String reason) {
    Diagnostic found = only(YamlReader.parse(yaml + "\n", null));
    assertThat(found.code()).isEqualTo("plugin.invalid_yaml");
    assertThat(found.message()).contains(reason);
    assertThat(String.valueOf(found.position())).isEqualTo(place);
  }

  @Test
  void refusesASecondDocumentAndOtherVersions() {
    Diagnostic second = only(YamlReader.parse("x: 1\n---\ny: 2\n", null));
    assertThat(second.message()).contains("second document");
    assertThat(second.position()).isEqualTo(at(2, 1));
    assertThat(only(YamlReader.parse("%YAML 1.1\n---\nx: no\n", null)).message())
        .contains("only YAML 1.2");
    assertThat(clean("%YAML 1.2\n---\nx: 1\n").entries()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "{}\n", "\uFEFF"})
  void nothingIsAnEmptyDocument(String yaml) {
    assertThat(clean(yaml).entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "t: \"hunter\" hunter2",
        "t: 'hunter' 'hunter2",
        "t: %hunter2",
        "t: \"\\hunter2\"",
        "t: hunter2: hunter2",
        "hunter2",
        "t: !hunter2 x",
        "t: !hunter2!x x",
        "t: &hunter2 x",
        "t: *hunter2",
        "hunter2: 1\nhunter2: 2",
        "t: @hunter2",
        "t: [hunter2",
        "%TAG ! hunter2"
      })
  void messagesQuoteNoPartOfASecret(String yaml) {
    assertThat(YamlReader.parse(yaml, null).diagnostics())
        .isNotEmpty()
        .allSatisfy(d -> assertThat(d.message()).doesNotContain("hunter"));
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void hostileDocumentsAreRefusedSoon() {
    assertThat(only(YamlReader.parse("a: " + "[".repeat(100_000), null)).message())
        .contains("nested too deeply");
    assertThat(only(YamlReader.parse("a: " + "{a: ".repeat(50_000), null)).message())
        .contains("nested too deeply");
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(only(YamlReader.parse(bomb.toString(), null)).message()).contains("anchors");
    assertThat(only(YamlReader.parse("x".repeat(TomlReader.MAX_BYTES + 10), null)).code())
        .isEqualTo(YamlReader.INVALID_YAML);
    assertThat(clean("a: 1e999999999\n").entries()).hasSize(1);
  }

  @Test
  void noTextMakesItThrow() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    String alphabet = "ab01 \n\t:-?,[]{}#&*!|>'\"%@`~\\.<=\u0000\u0085\uD83D\uFEFF";
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(40); length > 0; length--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      TomlDocument document = YamlReader.parse(text.toString(), null);
      assertThat(document.table().entries().isEmpty() || document.diagnostics().isEmpty())
          .as("seed %d: %s", seed, text)
          .isTrue();
    }
  }

  @Test
  void theNameOfTheFileDecides() throws IOException {
    Path yaml = Files.writeString(dir.resolve("plugins.YML"), "version: 1\n");
    Path toml = Files.writeString(dir.resolve("plugins.toml"), "version: 1\n");
    assertThat(DocumentReader.read(yaml).diagnostics()).isEmpty();
    assertThat(only(DocumentReader.read(toml)).code()).isEqualTo(TomlReader.INVALID_TOML);
    assertThat(only(DocumentReader.read(dir.resolve("none.yaml"))).code())
        .isEqualTo(TomlReader.FILE_MISSING);
    assertThat(only(DocumentReader.parse("a: [", "f.yaml")).position())
        .isEqualTo(new SourcePosition("f.yaml", 1, 5));
  }

  private static ConfigNode.Table clean(String yaml) {
    TomlDocument document = YamlReader.parse(yaml, null);
    assertThat(document.diagnostics()).isEmpty();
    return document.table();
  }

  private static Diagnostic only(TomlDocument document) {
    assertThat(document.diagnostics()).hasSize(1);
    assertThat(document.table().entries()).isEmpty();
    return document.diagnostics().get(0);
  }

  private static void assertPlace(
      ConfigNode.Table table, String key, int line, int column, int valueLine, int valueColumn) {
    assertThat(Nodes.keyPlace(table, key)).isEqualTo(at(line, column));
    assertThat(Nodes.get(table, key).position()).isEqualTo(at(valueLine, valueColumn));
  }

  private static SourcePosition at(int line, int column) {
    return new SourcePosition(null, line, column);
  }
}
