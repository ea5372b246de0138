package io.fairlead.cli;

import static io.fairlead.cli.RealCommands.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.validation.DiagnosticCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Codes of the sources, pages of {@code docs/diagnostics}, fixtures and tests know each other. A
 * new code needs a page like its neighbours; {@code -Dfairlead.update=true} then brings the index
 * up to date.
 */
@NullUnmarked // assertions are what finds a null here
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DiagnosticPagesTest {

  private static final Path PAGES = ROOT.resolve("docs/diagnostics");

  /** Literals with a dot where a finding is made, and constants in areas that codes have. */
  private static final Pattern MADE =
      Pattern.compile(
          "(?:Diagnostic\\s*\\.\\s*(?:error|warning|info)\\(|new Diagnostic\\(\\s*[\\w.]+,|new LogException\\("
              + "|\\breport\\((?:\\s*Level\\.\\w+,)?|\\bwarning\\()\\s*\"([a-z_]+\\.[a-z_]+)\"");

  private static final Pattern CONSTANT =
      Pattern.compile(
          "\"((?:plugin|config|otel|atif|atof|instrumentation|pii_redaction|pricing|observability|exporter"
              + "|interceptor|adapter|component|journal)\\.[a-z_]+)\\.?\"");

  /** Where a finding's name is put behind the area of the component. */
  private static final Pattern COMPOSED =
      Pattern.compile(
          "(?:setup\\.report|setup\\.guard|trouble|\\.code|\\bunreadable|reporter\\.unsupported"
              + "|unknownComponent)\\(\\s*\"([a-z_]+)\"|(?:kind\\(\\)|runtime|area)\\s*\\+\\s*\"\\.([a-z_]+)\"");

  /** Names of files and fields that look like codes. */
  private static final Set<String> NO_CODES =
      Set.of("journal.db", "journal.lock", "otel.status_code", "otel.status_description");

  private static final Pattern EXPECTATION =
      Pattern.compile("(?m)^\\s*#\\s*expect: (?:(?:error|warning|info) )?([a-z_]+\\.[a-z_]+)\\b");

  private final Map<Path, String> sources = read("src/main/java", ".java");
  private final Map<Path, String> tests = tests();
  private final Map<String, String> pages = pages();
  private final DiagnosticCodes codes = new DiagnosticCodes(summaries(pages));

  @Test
  void everyCodeHasAPage() {
    Set<String> missing = new TreeSet<>();
    for (String source : sources.values()) {
      for (Pattern pattern : List.of(MADE, CONSTANT)) {
        pattern
            .matcher(source)
            .results()
            .map(match -> match.group(1))
            .filter(code -> !NO_CODES.contains(code) && codes.page(code) == null)
            .forEach(missing::add);
      }
      COMPOSED
          .matcher(source)
          .results()
          .map(DiagnosticPagesTest::composed)
          .filter(name -> pages.keySet().stream().noneMatch(page -> page.endsWith("." + name)))
          .forEach(missing::add);
    }
    assertThat(missing).as("add docs/diagnostics/<code>.md").isEmpty();
  }

  @Test
  void everyPageIsOfACode() {
    String all = String.join("\n", sources.values());
    Set<String> idle = new TreeSet<>();
    for (String page : pages.keySet()) {
      String name = page.substring(page.indexOf('.') + 1);
      boolean written =
          Stream.of(page, page + ".", name, "." + name)
                  .anyMatch(text -> all.contains("\"" + text + "\""))
              || (page.startsWith("kind.") && all.contains("." + name + "\""));
      if (!written) {
        idle.add(page);
      }
    }
    assertThat(idle).as("pages of codes that no source has").isEmpty();
  }

  @Test
  void everyPageHasItsParts() {
    pages.forEach(
        (code, text) ->
            assertThat(text)
                .as(code)
                .startsWith("# " + code + "\n\n")
                .contains("| Level |", "| When |", "| Since |", "| Relay |")
                .contains("## What it means", "## Example", "## What to do")
                .doesNotContain("TODO")
                .endsWith("\n"));
  }

  /** A code of validation has a fixture that expects it; another says which test provokes it. */
  @Test
  void everyCodeIsProvoked() {
    Set<String> expected = new TreeSet<>();
    for (String ending : List.of(".toml", ".yaml")) {
      for (String text : read("src/test/resources", ending).values()) {
        EXPECTATION.matcher(text).results().map(match -> match.group(1)).forEach(expected::add);
      }
    }
    List<String> faults = new ArrayList<>();
    pages.forEach(
        (code, text) -> {
          String test = row(text, "Test");
          if (test == null) {
            boolean fixture = expected.stream().anyMatch(found -> code.equals(codes.page(found)));
            if (!fixture) {
              faults.add(code + " has neither a fixture that expects it nor a row 'Test'");
            }
          } else if (!isProvokedBy(code, test)) {
            faults.add(code + " is not named by " + test);
          }
        });
    assertThat(faults).isEmpty();
  }

  @Test
  void theIndexIsCurrent() throws IOException {
    Path index = PAGES.resolve("README.md");
    String written = index();
    if (Boolean.getBoolean("fairlead.update")) {
      Files.writeString(index, written);
    }
    assertThat(written)
        .as("docs/diagnostics/README.md; -Dfairlead.update=true writes it")
        .isEqualTo(Files.exists(index) ? Files.readString(index) : "");
  }

  private boolean isProvokedBy(String code, String test) {
    String name = code.startsWith("kind.") ? code.substring("kind".length()) : code;
    return tests.entrySet().stream()
        .anyMatch(
            file ->
                Set.of(test, test + ".java").contains(file.getKey().getFileName().toString())
                    && file.getValue().contains(name));
  }

  private String index() {
    StringBuilder text =
        new StringBuilder(
            """
            # Diagnostic codes

            What Fairlead says about a configuration (`fairlead validate`) and about itself at work, by
            area. `fairlead explain CODE` prints a page. A code that every kind of component has in its own
            area, such as `hermes.unknown_field`, is described once, as `kind.unknown_field`.
            """);
    String area = "";
    for (Map.Entry<String, String> summary : codes.summaries().entrySet()) {
      String code = summary.getKey();
      String own = code.substring(0, code.indexOf('.'));
      if (!own.equals(area)) {
        area = own;
        text.append("\n## ").append(area).append("\n\n| code | |\n|---|---|\n");
      }
      text.append("| [`%s`](%s.md) | %s |\n".formatted(code, code, summary.getValue()));
    }
    return text.toString();
  }

  private static String composed(java.util.regex.MatchResult match) {
    for (int group = 1; group <= match.groupCount(); group++) {
      if (match.group(group) != null) {
        return match.group(group);
      }
    }
    throw new IllegalStateException("a match without a group");
  }

  private static String row(String page, String name) {
    Matcher row = Pattern.compile("(?m)^\\| " + name + " \\| (.*) \\|$").matcher(page);
    return row.find() ? row.group(1) : null;
  }

  private static Map<String, String> summaries(Map<String, String> pages) {
    Map<String, String> summaries = new TreeMap<>();
    pages.forEach((code, text) -> summaries.put(code, text.split("\n", -1)[2]));
    return summaries;
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new TreeMap<>();
    walk(PAGES, path -> path.toString().endsWith(".md"))
        .forEach(
            (path, text) -> {
              String name = path.getFileName().toString().replaceAll("\\.md$", "");
              if (!name.equals("README")) {
                pages.put(name, text);
              }
            });
    return pages;
  }

  private static Map<Path, String> tests() {
    Map<Path, String> tests = new TreeMap<>(read("src/test/java", ".java"));
    tests.putAll(read("src/test/resources", ".case"));
    return tests;
  }

  /** The files with an ending below a directory of any module. */
  private static Map<Path, String> read(String directory, String ending) {
    return walk(
        ROOT,
        path -> {
          String name = ROOT.relativize(path).toString().replace('\\', '/');
          return name.contains(directory)
              && name.endsWith(ending)
              && !name.startsWith("testkit/")
              && !name.startsWith("examples/");
        });
  }

  private static Map<Path, String> walk(Path root, Predicate<Path> wanted) {
    Map<Path, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (wanted.test(file)) {
          texts.put(file, Files.readString(file));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
