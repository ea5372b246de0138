package io.fairlead.core.validation;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.io.StringWriter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A report as SARIF 2.1.0, for code scanning and editors: one run, a rule for each code, a result
 * for each finding in evaluation order. A result's fingerprint depends on what was found and not on
 * the line it stands in, so that it stays the same while the document around it changes.
 */
public final class ReportSarif {

  private static final JsonFactory FACTORY = new JsonFactory();
  private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
  private static final String FINGERPRINT = "fairlead/v1";

  private static final Map<Level, String> LEVELS =
      Map.of(Level.ERROR, "error", Level.WARNING, "warning", Level.INFO, "note");

  private final String toolVersion;
  private final DiagnosticCodes known;

  /**
   * A writer.
   *
   * @param toolVersion version of the program
   * @param known what is documented about codes
   */
  public ReportSarif(String toolVersion, DiagnosticCodes known) {
    this.toolVersion = toolVersion;
    this.known = known;
  }

  /** The SARIF log of a report, on one line. */
  public String write(ValidationReport report) {
    List<String> codes = codes(report.diagnostics());
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeStringProperty("$schema", SCHEMA);
      json.writeStringProperty("version", "2.1.0");
      json.writeArrayPropertyStart("runs");
      json.writeStartObject();
      tool(json, codes);
      json.writeStringProperty("columnKind", "utf16CodeUnits");
      results(json, report.diagnostics(), codes);
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toString();
  }

  private static List<String> codes(List<Diagnostic> diagnostics) {
    TreeSet<String> codes = new TreeSet<>();
    diagnostics.forEach(diagnostic -> codes.add(diagnostic.code()));
    return new ArrayList<>(codes);
  }

  private void tool(JsonGenerator json, List<String> codes) {
    json.writeObjectPropertyStart("tool");
    json.writeObjectPropertyStart("driver");
    json.writeStringProperty("name", "fairlead");
    json.writeStringProperty("version", toolVersion);
    json.writeArrayPropertyStart("rules");
    for (String code : codes) {
      json.writeStartObject();
      json.writeStringProperty("id", code);
      text(json, "shortDescription", known.summary(code));
      String page = known.page(code);
      if (page != null) {
        json.writeStringProperty("helpUri", "docs/diagnostics/" + page + ".md");
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void results(
      JsonGenerator json, List<Diagnostic> diagnostics, List<String> codes) {
    Map<String, Integer> seen = new HashMap<>();
    json.writeArrayPropertyStart("results");
    for (Diagnostic diagnostic : diagnostics) {
      json.writeStartObject();
      json.writeStringProperty("ruleId", diagnostic.code());
      json.writeNumberProperty("ruleIndex", codes.indexOf(diagnostic.code()));
      json.writeStringProperty("level", LEVELS.getOrDefault(diagnostic.level(), "warning"));
      text(json, "message", message(diagnostic));
      location(json, diagnostic);
      String identity = identity(diagnostic);
      int occurrence = seen.merge(identity, 1, Integer::sum);
      json.writeObjectPropertyStart("fingerprints");
      json.writeStringProperty(FINGERPRINT, sha256(identity + '\n' + occurrence));
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static String message(Diagnostic diagnostic) {
    return diagnostic.hint() == null
        ? diagnostic.message()
        : diagnostic.message() + " (" + diagnostic.hint() + ")";
  }

  private static void location(JsonGenerator json, Diagnostic diagnostic) {
    SourcePosition position = diagnostic.position();
    String file = position == null ? null : position.file();
    if (position == null || file == null) {
      return;
    }
    json.writeArrayPropertyStart("locations");
    json.writeStartObject();
    json.writeObjectPropertyStart("physicalLocation");
    json.writeObjectPropertyStart("artifactLocation");
    json.writeStringProperty("uri", uri(file));
    json.writeEndObject();
    json.writeObjectPropertyStart("region");
    json.writeNumberProperty("startLine", position.line());
    json.writeNumberProperty("startColumn", position.column());
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndArray();
  }

  private static void text(JsonGenerator json, String name, String text) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("text", text);
    json.writeEndObject();
  }

  /** A path as written: relative ones stay relative, so that they resolve in a checkout. */
  private static String uri(String file) {
    Path path = Path.of(file);
    if (path.isAbsolute()) {
      return path.toUri().toString();
    }
    try {
      // A colon in the first segment would read as a scheme.
      String relative = path.toString().replace('\\', '/');
      return new URI(null, null, relative.contains(":") ? "./" + relative : relative, null)
          .toASCIIString();
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("no path of a file", e);
    }
  }

  private static String identity(Diagnostic diagnostic) {
    SourcePosition position = diagnostic.position();
    return String.join(
        "\n",
        diagnostic.code(),
        orEmpty(diagnostic.component()),
        orEmpty(diagnostic.field()),
        position == null ? "" : orEmpty(position.file()));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
