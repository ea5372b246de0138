package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import org.jspecify.annotations.Nullable;

/** Writes payloads and metadata the way a shape asks for. */
final class PayloadWriter {

  private final Shape shape;

  PayloadWriter(Shape shape) {
    this.shape = shape;
  }

  /** A JSON value under a name. */
  void put(AttributeSheet sheet, String name, @Nullable Json json) {
    if (json == null) {
      return;
    }
    Object value = JsonTree.sorted(json);
    if (!shape.isFirst()) {
      Flattener.flatten(sheet, name, value);
    } else if (value != null) {
      sheet.text(name + "_json", JsonTree.write(value));
    }
  }

  /** The payload of a start or an end, under both of the peer's names or one of them. */
  void payload(AttributeSheet sheet, String prefix, String direction, EventHeader header) {
    if (shape.content()) {
      put(sheet, prefix + direction, header.data());
      if (!shape.payloadsOnce()) {
        put(sheet, prefix + "data", header.data());
      }
    }
  }
}
