package io.fairlead.core.validation;

import io.fairlead.spi.config.ConfigNode;
import java.io.StringWriter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A document as JSON, which is YAML too. */
public final class NodeJson {

  private NodeJson() {}

  /** The JSON text of a node. */
  public static String write(ConfigNode node) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(ObjectWriteContext.empty(), out)) {
      value(json, node);
    }
    return out.toString();
  }

  private static void value(JsonGenerator json, ConfigNode node) {
    if (node instanceof ConfigNode.Table table) {
      json.writeStartObject();
      table
          .entries()
          .forEach(
              (key, entry) -> {
                json.writeName(key);
                value(json, entry.value());
              });
      json.writeEndObject();
    } else if (node instanceof ConfigNode.Array array) {
      json.writeStartArray();
      array.elements().forEach(element -> value(json, element));
      json.writeEndArray();
    } else if (node instanceof ConfigNode.Text text) {
      json.writeString(text.value());
    } else if (node instanceof ConfigNode.Integer number) {
      json.writeNumber(number.value());
    } else if (node instanceof ConfigNode.Decimal number) {
      json.writeNumber(number.value());
    } else if (node instanceof ConfigNode.Bool bool) {
      json.writeBoolean(bool.value());
    } else {
      throw new IllegalArgumentException("JSON has no " + node.typeName());
    }
  }
}
