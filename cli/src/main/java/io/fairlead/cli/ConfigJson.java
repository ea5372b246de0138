package io.fairlead.cli;

import io.fairlead.core.printout.Printed;
import io.fairlead.spi.config.ConfigNode;
import tools.jackson.core.JsonGenerator;

/**
 * Writes a document as JSON: each single value is an object of {@code value} and {@code origin}.
 */
final class ConfigJson {

  private ConfigJson() {}

  static void write(Printed part, JsonGenerator json) {
    if (part instanceof Printed.Table table) {
      json.writeStartObject();
      table
          .entries()
          .forEach(
              (key, value) -> {
                json.writeName(key);
                write(value, json);
              });
      json.writeEndObject();
    } else if (part instanceof Printed.Items items) {
      json.writeStartArray();
      items.elements().forEach(element -> write(element, json));
      json.writeEndArray();
    } else if (part instanceof Printed.Value value) {
      json.writeStartObject();
      json.writeName("value");
      scalar(value.value(), json);
      json.writeStringProperty("origin", value.origin());
      json.writeEndObject();
    }
  }

  private static void scalar(ConfigNode node, JsonGenerator json) {
    if (node instanceof ConfigNode.Text text) {
      json.writeString(text.value());
    } else if (node instanceof ConfigNode.Integer number) {
      json.writeNumber(number.value());
    } else if (node instanceof ConfigNode.Decimal number) {
      json.writeNumber(number.value());
    } else if (node instanceof ConfigNode.Bool bool) {
      json.writeBoolean(bool.value());
    } else if (node instanceof ConfigNode.DateTime time) {
      json.writeString(time.text());
    } else if (node instanceof ConfigNode.Array array) {
      json.writeStartArray();
      array.elements().forEach(element -> scalar(element, json));
      json.writeEndArray();
    }
  }
}
