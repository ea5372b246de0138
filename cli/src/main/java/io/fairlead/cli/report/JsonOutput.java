package io.fairlead.cli.report;

import java.io.PrintWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** Writes results for programs. */
public final class JsonOutput {

  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

  private JsonOutput() {}

  /** One JSON value and a line break. */
  public static void write(PrintWriter out, Consumer<JsonGenerator> value) {
    // Straight to the output: the value may be larger than memory.
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
      value.accept(json);
    }
    out.println();
  }
}
