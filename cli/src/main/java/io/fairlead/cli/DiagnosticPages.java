package io.fairlead.cli;

import io.fairlead.core.validation.DiagnosticCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of {@code docs/diagnostics}, which the build packs beside this class. */
final class DiagnosticPages {

  private static final String DIRECTORY = "diagnostics/";
  private static final String INDEX = "README";

  /** A row of the index: the code, linked, and one sentence. */
  private static final Pattern ROW =
      Pattern.compile("^\\| \\[`([^`]+)`\\]\\([^)]+\\) \\| (.+) \\|$");

  private DiagnosticPages() {}

  /** What is documented. */
  static DiagnosticCodes codes() {
    Map<String, String> summaries = new HashMap<>();
    for (String line : text(INDEX).split("\n", -1)) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        summaries.put(row.group(1), row.group(2).replace("\\|", "|"));
      }
    }
    return new DiagnosticCodes(summaries);
  }

  /** The text of a code's own page. */
  static String text(String page) {
    String name = DIRECTORY + page + ".md";
    try (InputStream in = DiagnosticPages.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the program was built without " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
