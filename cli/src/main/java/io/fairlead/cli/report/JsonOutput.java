package io.fairlead.cli.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes results for programs. */
public final class JsonOutput {

  private JsonOutput() {}

  /** One JSON value and a line break. */
  public static void write(PrintWriter out, Consumer<JsonGenerator> value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), text)) {
      value.accept(json);
    }
    out.println(text);
  }
}
