package io.fairlead.spi.event;

import java.util.Objects;

/**
 * A JSON value as text. This module neither parses nor checks it: whoever makes one vouches that
 * the text is a single valid JSON value.
 *
 * @param text the JSON text
 */
public record Json(String text) {

  private static final String HEX = "0123456789abcdef";

  public Json {
    Objects.requireNonNull(text, "text");
  }

  /** The JSON string literal for a text, quoted and escaped. */
  public static Json ofString(String value) {
    StringBuilder out = new StringBuilder(value.length() + 16);
    appendQuoted(out, value);
    return new Json(out.toString());
  }

  /** Appends a text as a JSON string literal, quotes included. */
  public static void appendQuoted(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || isLoneSurrogate(value, i)) {
            out.append("\\u")
                .append(HEX.charAt(c >> 12))
                .append(HEX.charAt((c >> 8) & 0xf))
                .append(HEX.charAt((c >> 4) & 0xf))
                .append(HEX.charAt(c & 0xf));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isLoneSurrogate(String value, int i) {
    char c = value.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }
}
