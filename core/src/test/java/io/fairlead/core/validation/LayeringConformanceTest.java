package io.fairlead.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.TomlReader;
import io.fairlead.core.layers.ConfigFiles;
import io.fairlead.core.layers.LayerReader;
import io.fairlead.core.layers.LayeredDocument;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The recorded answers of NeMo Relay 0.10.4 to files and programs laid over each other: which files
 * are read, what document they make, what is said about it. A case whose answer differs on purpose
 * holds ours too, in {@code #: fairlead} and {@code #: document}; {@code docs/relay-corrections.md}
 * says why.
 */
class LayeringConformanceTest {

  private static final String MARK = "#: ";
  private static final String OURS = "fairlead";
  private static final String OUR_DOCUMENT = "document";

  /** Stand-ins of the cases for a file that is not there, and for the system's file. */
  private static final String MISSING = "MISSING\n";

  private static final String SYSTEM = "SYSTEM\n";

  @TempDir Path directory;

  static Stream<Path> cases() {
    return Resources.list("layering", ".case").stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsRelayDoes(Path file) throws IOException {
    Map<String, String> sections = sections(file);
    Map<String, Object> relay = TestJson.object(sections.getOrDefault("relay", ""));
    LayeredDocument document = document(sections);
    List<Diagnostic> diagnostics =
        new LayeredValidator(FakeProviders.catalog(), name -> null)
            .validate(document)
            .report()
            .diagnostics();
    String ours = sections.get(OURS);
    List<String> relaysFindings = relaysFindings(relay);
    List<String> findings = diagnostics.stream().map(d -> line(d, false)).toList();
    if (ours == null) {
      assertThat(findings).containsExactlyElementsOf(relaysFindings);
    } else {
      assertThat(diagnostics.stream().map(d -> line(d, true)).toList())
          .containsExactlyElementsOf(ours.lines().toList());
      assertThat(findings).as("a difference that is none").isNotEqualTo(relaysFindings);
    }
    if (relay.containsKey("resolved")) {
      String own = sections.get(OUR_DOCUMENT);
      Object expected =
          own == null ? relay.get("resolved") : value(TomlReader.parse(own, null).table());
      assertThat(normal(value(document.table()))).isEqualTo(normal(expected));
      assertThat(document.files().stream().map(this::name).toList()).isEqualTo(relay.get("files"));
    } else {
      assertThat(diagnostics).as("what Relay raises is an error").anyMatch(Diagnostic::isError);
    }
  }

  @Test
  void everyCaseIsThere() {
    assertThat(cases()).hasSizeGreaterThanOrEqualTo(86);
  }

  private LayeredDocument document(Map<String, String> sections) throws IOException {
    Path system = file("system", sections);
    Path user = file("user", sections);
    Path explicit = file("explicit", sections);
    String code = sections.get("code");
    return LayerReader.read(
        new ConfigFiles(explicit, user, system),
        code == null ? null : TomlReader.parse(code, "code").table(),
        name -> null);
  }

  private @Nullable Path file(String name, Map<String, String> sections) throws IOException {
    String text = sections.get(name);
    Path file = directory.resolve(name);
    if (text == null) {
      return name.equals("explicit") ? null : file;
    }
    if (text.equals(SYSTEM)) {
      return name.equals("explicit")
          ? directory.resolve("system")
          : Files.createSymbolicLink(file, directory.resolve("system"));
    }
    return text.equals(MISSING) ? file : Files.writeString(file, text);
  }

  private String name(Path file) {
    return directory.relativize(file).toString();
  }

  private static Map<String, String> sections(Path file) {
    Map<String, String> sections = new LinkedHashMap<>();
    for (String section : Resources.text(file).split("(?m)^" + MARK, -1)) {
      int end = section.indexOf('\n');
      if (end > 0) {
        sections.put(section.substring(0, end), section.substring(end + 1));
      }
    }
    return sections;
  }

  private static List<String> relaysFindings(Map<String, Object> relay) {
    if (relay.containsKey("raised")) {
      return List.of("raised");
    }
    List<String> lines = new ArrayList<>();
    for (Map<String, Object> diagnostic : TestJson.objects(relay.get("diagnostics"))) {
      Object code = diagnostic.get("code");
      boolean inherited = "plugin.configuration_inherited".equals(code);
      lines.add(
          (inherited ? "info" : diagnostic.get("level"))
              + " "
              + code
              + " "
              + diagnostic.getOrDefault("component", "")
              + "/"
              + diagnostic.getOrDefault("field", ""));
    }
    return lines;
  }

  private String line(Diagnostic finding, boolean withPlace) {
    String place =
        finding.position() == null
            ? "-"
            : finding.position().toString().replace(directory + "/", "");
    return finding.level().wireName()
        + " "
        + finding.code()
        + " "
        + (withPlace ? place + " " : "")
        + (finding.component() == null ? "" : finding.component())
        + "/"
        + (finding.field() == null ? "" : finding.field());
  }

  /** Without the words a typed program cannot leave out: they say what silence says. */
  private static Object normal(@Nullable Object resolved) {
    if (!(resolved instanceof Map<?, ?> map)) {
      return "";
    }
    Map<Object, Object> document = new LinkedHashMap<>(map);
    List<Object> components = new ArrayList<>();
    if (document.remove("components") instanceof List<?> list) {
      for (Object element : list) {
        Map<Object, Object> component = new LinkedHashMap<>((Map<?, ?>) element);
        component.remove("enabled", "true");
        component.remove("config", Map.of());
        components.add(component);
      }
    }
    document.put("components", components);
    return document;
  }

  private static Object value(ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      Map<String, Object> map = new LinkedHashMap<>();
      table.entries().forEach((key, entry) -> map.put(key, value(entry.value())));
      return map;
    }
    if (node instanceof ConfigNode.Array array) {
      return array.elements().stream().map(LayeringConformanceTest::value).toList();
    }
    if (node instanceof ConfigNode.Integer number) {
      return String.valueOf(number.value());
    }
    if (node instanceof ConfigNode.Bool bool) {
      return String.valueOf(bool.value());
    }
    return node instanceof ConfigNode.Text text ? text.value() : node.toString();
  }
}
