package io.fairlead.exporters.otel.projection;

import java.util.Locale;

/** How payloads and metadata become attributes in the projections that show them. */
public enum PayloadStyle {
  /** One attribute for each member, as NeMo Relay has it since 0.6. */
  FLATTENED,
  /** One attribute of JSON text, and the attributes of NeMo Relay 0.5. */
  JSON;

  /** The style of a configured word. */
  public static PayloadStyle of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
