package io.fairlead.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class TomlReaderTest {

  private static final String DOCUMENT =
      """
      version = 1
      "a.b" = "x"

      [[components]]
      kind = "k"
      config.deep.er = { n = 1.50, big = 123456789012345678.000000000000000001 }

      [[components]]
      list = [
        "one",
        { two = true },
      ]
      when = 1979-05-27 07:32:00Z
      """;

  @TempDir Path dir;

  @Test
  void knowsThePlaceOfEveryKeyAndValue() {
    ConfigNode.Table root = clean(DOCUMENT);
    assertThat(root.entries().keySet()).containsExactly("version", "a.b", "components");
    assertPlace(root, "version", 1, 1, 1, 11);
    assertPlace(root, "a.b", 2, 1, 2, 9);
    ConfigNode.Table first = Nodes.tableAt(root, "components", 0);
    ConfigNode.Table second = Nodes.tableAt(root, "components", 1);
    assertThat(first.position()).isEqualTo(at(4, 1));
    assertThat(second.position()).isEqualTo(at(8, 1));
    assertPlace(first, "kind", 5, 1, 5, 8);
    assertThat(Nodes.element(second, "list", 0).position()).isEqualTo(at(10, 3));
    ConfigNode.Table inline = Nodes.tableAt(second, "list", 1);
    assertThat(inline.position()).isEqualTo(at(11, 3));
    assertPlace(inline, "two", 11, 5, 11, 11);
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void waitsForNoPipe() throws Exception {
    Path pipe = dir.resolve("pipe");
    assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
    Path link = Files.createSymbolicLink(dir.resolve("link.toml"), pipe);
    assertThat(TomlReader.read(link).diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(TomlReader.FILE_UNREADABLE);
  }

  @Test
  void keepsNumbersAndDatesAsWritten() {
    ConfigNode.Table root = clean(DOCUMENT);
    ConfigNode.Table config = Nodes.table(Nodes.tableAt(root, "components", 0), "config");
    ConfigNode.Table numbers = Nodes.table(Nodes.table(config, "deep"), "er");
    assertThat(numbers.get("n"))
        .isEqualTo(new ConfigNode.Decimal(new BigDecimal("1.50"), at(6, 24)));
    assertThat(Nodes.decimal(numbers, "big"))
        .isEqualTo(new BigDecimal("123456789012345678.000000000000000001"));
    ConfigNode when = Nodes.get(Nodes.tableAt(root, "components", 1), "when");
    assertThat(((ConfigNode.DateTime) when).text()).isEqualTo("1979-05-27 07:32:00Z");
  }

  @Test
  void readsNumbersWithExponentsAndUnderscores() {
    ConfigNode.Table root = clean("a = 1_000.000_1\nb = -2e-3\nc = [0.1,0.2]\n");
    assertThat(Nodes.decimal(root, "a")).isEqualTo(new BigDecimal("1000.0001"));
    assertThat(Nodes.decimal(root, "b")).isEqualTo(new BigDecimal("-2e-3"));
    assertThat(((ConfigNode.Array) Nodes.get(root, "c")).elements())
        .extracting(n -> ((ConfigNode.Decimal) n).value())
        .containsExactly(new BigDecimal("0.1"), new BigDecimal("0.2"));
  }

  @Test
  void countsColumnsInUtf16Units() {
    ConfigNode.Table root = clean("a = { \"\uD83D\uDE00\" = 1, b = 2 }\n");
    ConfigNode.Table inline = Nodes.table(root, "a");
    assertPlace(inline, "b", 1, 17, 1, 21);
  }

  @Test
  void toleratesAByteOrderMarkAndWindowsLineEnds() throws IOException {
    Path file = dir.resolve("bom.toml");
    Files.writeString(file, "\uFEFFa = 1\r\nb = 1.5\r\n");
    TomlDocument document = TomlReader.read(file);
    assertThat(document.diagnostics()).isEmpty();
    assertThat(Nodes.keyPlace(document.table(), "a"))
        .isEqualTo(new SourcePosition(file.toString(), 1, 1));
    assertThat(Nodes.decimal(document.table(), "b")).isEqualTo(new BigDecimal("1.5"));
  }

  @Test
  void reportsEverySyntaxErrorAndGivesNoHalfDocument() {
    TomlDocument document = TomlReader.parse("a = \nb = \"x\nc = 1\n", "f.toml");
    assertThat(document.diagnostics())
        .extracting(Diagnostic::code)
        .containsOnly("plugin.invalid_toml")
        .hasSize(2);
    assertThat(document.diagnostics().get(0).position())
        .isEqualTo(new SourcePosition("f.toml", 1, 5));
    assertThat(document.table().entries()).isEmpty();
  }

  @Test
  void syntaxErrorsQuoteNoPartOfASecret() {
    for (String line : new String[] {"t = \"hunter\" 2hunter", "t = 12hunter", "t = hunter2"}) {
      assertThat(TomlReader.parse(line, null).diagnostics())
          .isNotEmpty()
          .allSatisfy(d -> assertThat(d.message()).doesNotContain("hunter"));
    }
  }

  @Test
  void refusesWhatIsNestedTooDeeply() {
    assertThat(only(TomlReader.parse("a" + ".a".repeat(5000) + " = 1\n", null)).code())
        .isEqualTo("plugin.invalid_toml");
    assertThat(TomlReader.parse("a = " + "[".repeat(20_000), null).diagnostics()).isNotEmpty();
  }

  @Test
  void filesThatCannotBeReadAreFindings() throws IOException {
    assertThat(only(TomlReader.read(dir.resolve("none.toml"))).code())
        .isEqualTo("plugin.configuration_file_missing");
    assertThat(only(TomlReader.read(dir)).code()).isEqualTo("plugin.configuration_file_unreadable");
    Path latin = dir.resolve("latin.toml");
    Files.write(latin, "a = \"\u00e9\"".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(only(TomlReader.read(latin)).message()).contains("UTF-8");
    Path large = dir.resolve("large.toml");
    Files.write(large, new byte[TomlReader.MAX_BYTES + 1]);
    assertThat(only(TomlReader.read(large)).message()).contains("1 MiB");
  }

  @Test
  void noTextMakesItThrow() {
    long seed = 20261121L;
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      StringBuilder text = new StringBuilder(DOCUMENT);
      for (int edit = 0; edit < 3; edit++) {
        int at = random.nextInt(text.length());
        if (random.nextBoolean()) {
          text.deleteCharAt(at);
        } else {
          text.insert(at, "[]{}=\"'.#\n\\,\u0000\uD83D1e".charAt(random.nextInt(16)));
        }
      }
      String mutated = text.toString();
      assertThat(TomlReader.parse(mutated, null)).as("seed %d, round %d", seed, i).isNotNull();
    }
  }

  private static ConfigNode.Table clean(String text) {
    TomlDocument document = TomlReader.parse(text, null);
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
