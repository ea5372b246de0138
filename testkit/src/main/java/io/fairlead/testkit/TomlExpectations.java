package io.fairlead.testkit;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expectations written into a faulty document, so that document and findings are read together:
 *
 * <pre>{@code
 * # expect: observability.unknown_field 4:1
 * # expect: policy.unknown_field
 * }</pre>
 */
public final class TomlExpectations {

  private static final Pattern EXPECTATION =
      Pattern.compile("^\\s*#\\s*expect:\\s*(\\S+)(?:\\s+(\\d+):(\\d+))?\\s*$");
  private static final Pattern MEANT_AS_ONE = Pattern.compile("^\\s*#\\s*expect(s|ed)?\\b.*$");

  private TomlExpectations() {}

  /**
   * A finding that a document says it has.
   *
   * @param code code of the diagnostic
   * @param line its line, or 0 for any place
   * @param column its column, or 0 for any place
   */
  public record Expectation(String code, int line, int column) {

    /** Whether a diagnostic is the expected one. */
    public boolean matches(Diagnostic diagnostic) {
      SourcePosition at = diagnostic.position();
      return code.equals(diagnostic.code())
          && (line == 0 || (at != null && at.line() == line && at.column() == column));
    }

    @Override
    public String toString() {
      return line == 0 ? code : code + " " + line + ":" + column;
    }
  }

  /**
   * The expectations of a document in order.
   *
   * @throws IllegalArgumentException when a comment looks like an expectation and is none
   */
  public static List<Expectation> parse(String toml) {
    List<Expectation> expectations = new ArrayList<>();
    toml.lines().forEach(line -> parseLine(line, expectations));
    return List.copyOf(expectations);
  }

  private static void parseLine(String line, List<Expectation> into) {
    Matcher matcher = EXPECTATION.matcher(line);
    if (matcher.matches()) {
      String lineNumber = matcher.group(2);
      String column = matcher.group(3);
      into.add(
          new Expectation(
              matcher.group(1),
              lineNumber == null ? 0 : Integer.parseInt(lineNumber),
              column == null ? 0 : Integer.parseInt(column)));
    } else if (MEANT_AS_ONE.matcher(line).matches()) {
      throw new IllegalArgumentException("not '# expect: code [line:column]': " + line.strip());
    }
  }

  /**
   * Fails unless expectations and findings match one to one, in any order, and says which are
   * missing and which are too many.
   */
  public static void assertMatches(String toml, List<Diagnostic> findings) {
    List<Diagnostic> unexpected = new ArrayList<>(findings);
    List<Expectation> missing = new ArrayList<>();
    for (Expectation expectation : parse(toml)) {
      Diagnostic match = unexpected.stream().filter(expectation::matches).findFirst().orElse(null);
      if (match == null) {
        missing.add(expectation);
      } else {
        unexpected.remove(match);
      }
    }
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new AssertionError("missing: " + missing + ", not expected: " + unexpected);
    }
  }
}
