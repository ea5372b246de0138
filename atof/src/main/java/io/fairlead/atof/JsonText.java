package io.fairlead.atof;

import io.fairlead.spi.event.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds compact JSON text, members in the order they are given; null members are left out.
 *
 * <p>Not Jackson's generator: that one refuses unpaired surrogates, which transcripts of agents do
 * hold, and a record that cannot be written is a record lost.
 */
final class JsonText {

  private final StringBuilder out = new StringBuilder(512);

  /** Text of one object. */
  static JsonText object() {
    return new JsonText().open();
  }

  /** The literal for a text. */
  static String quoted(String value) {
    return Json.ofString(value).text();
  }

  JsonText open() {
    separate();
    out.append('{');
    return this;
  }

  JsonText close() {
    out.append('}');
    return this;
  }

  JsonText open(String name) {
    name(name);
    out.append('{');
    return this;
  }

  JsonText openArray(String name) {
    name(name);
    out.append('[');
    return this;
  }

  JsonText closeArray() {
    out.append(']');
    return this;
  }

  JsonText member(String name, @Nullable String value) {
    if (value != null) {
      name(name);
      Json.appendQuoted(out, value);
    }
    return this;
  }

  JsonText member(String name, @Nullable Object value) {
    return member(name, value == null ? null : value.toString());
  }

  JsonText member(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  /** A number that is left out when it has the given value. */
  JsonText memberUnless(long absent, String name, long value) {
    return value == absent ? this : member(name, value);
  }

  JsonText member(String name, boolean value) {
    name(name);
    out.append(value);
    return this;
  }

  JsonText member(String name, List<String> values) {
    openArray(name);
    for (String value : values) {
      separate();
      Json.appendQuoted(out, value);
    }
    return closeArray();
  }

  /** A value that is JSON text already. */
  JsonText raw(String name, String json) {
    name(name);
    out.append(json);
    return this;
  }

  private void name(String name) {
    separate();
    Json.appendQuoted(out, name);
    out.append(':');
  }

  private void separate() {
    int length = out.length();
    if (length > 0 && "{[:".indexOf(out.charAt(length - 1)) < 0) {
      out.append(',');
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
