package io.fairlead.core.pricing;

import io.fairlead.core.pricing.ExplainedPricing.Explanation;
import io.fairlead.spi.ModelPricing.Quote;
import io.fairlead.spi.event.Cost;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes questions back with their answers. */
final class PriceLineWriter {

  private static final JsonFactory JSON = new JsonFactory();
  private static final Set<String> ANSWERS =
      Set.of("status", "cost", "currency", "matched_entry", "catalog", "tier", "reason");

  private final Writer out;

  PriceLineWriter(Writer out) {
    this.out = out;
  }

  /** The fields of the question as they are, then those of the answer. */
  void write(String question, Explanation answer) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), question);
        JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      parser.nextToken();
      copy(parser, generator);
      answer(answer, generator);
      generator.writeEndObject();
    }
    line(text);
  }

  /** A line that was no question. */
  void writeFault(String reason) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.writeStartObject();
      answer(Explanation.unknown(reason), generator);
      generator.writeEndObject();
    }
    line(text);
  }

  private static void copy(JsonParser parser, JsonGenerator generator) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (ANSWERS.contains(name)) {
        parser.skipChildren();
      } else {
        generator.writeName(name);
        generator.copyCurrentStructureExact(parser);
      }
    }
  }

  private static void answer(Explanation answer, JsonGenerator generator) {
    Quote quote = answer.quote();
    Cost cost = quote.cost();
    Catalog catalog = answer.catalog();
    if (cost != null) {
      generator.writeStringProperty("cost", cost.amount().toPlainString());
      generator.writeStringProperty("currency", cost.currency());
    }
    generator.writeStringProperty(
        "status", cost == null ? "unknown" : cost.status().name().toLowerCase(Locale.ROOT));
    text(generator, "matched_entry", quote.matchedEntry());
    text(generator, "catalog", catalog == null ? null : catalog.toString());
    text(generator, "tier", quote.tier());
    text(generator, "reason", answer.reason());
  }

  private static void text(JsonGenerator generator, String name, @Nullable String value) {
    if (value != null) {
      generator.writeStringProperty(name, value);
    }
  }

  private void line(StringWriter text) throws IOException {
    out.write(text.append('\n').toString());
  }
}
