package io.fairlead.core.validation;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.io.StringWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A report as JSON: {@code {"diagnostics":[{"level","code","component","field","message","file",
 * "line","column","hint"}]}} in evaluation order, on one line. What is absent is left out.
 */
public final class ReportJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private ReportJson() {}

  /** The JSON text of a report. */
  public static String write(ValidationReport report) {
    return write(report.diagnostics());
  }

  /** The JSON text of some findings. */
  public static String write(List<Diagnostic> diagnostics) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      json.writeStartObject();
      json.writeArrayPropertyStart("diagnostics");
      for (Diagnostic diagnostic : diagnostics) {
        write(json, diagnostic);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, Diagnostic diagnostic) {
    json.writeStartObject();
    json.writeStringProperty("level", diagnostic.level().wireName());
    json.writeStringProperty("code", diagnostic.code());
    optional(json, "component", diagnostic.component());
    optional(json, "field", diagnostic.field());
    json.writeStringProperty("message", diagnostic.message());
    SourcePosition position = diagnostic.position();
    if (position != null) {
      optional(json, "file", position.file());
      json.writeNumberProperty("line", position.line());
      json.writeNumberProperty("column", position.column());
    }
    optional(json, "hint", diagnostic.hint());
    json.writeEndObject();
  }

  private static void optional(JsonGenerator json, String key, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(key, value);
    }
  }
}
