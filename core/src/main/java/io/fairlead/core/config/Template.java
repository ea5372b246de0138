package io.fairlead.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A text cut at its {@code ${scheme:…}} references. Only references of known schemes count; any
 * other {@code ${…}} is plain text. References do not nest: each ends at the next brace.
 */
record Template(List<Part> parts) {

  static final String ENV = "env";
  static final String FILE = "file";

  private static final String OPEN = "${";
  private static final String DEFAULT_MARK = ":-";

  /** A piece of a text. */
  sealed interface Part {}

  /** Plain text. */
  record Literal(String text) implements Part {}

  /**
   * A reference.
   *
   * @param scheme who resolves it
   * @param key what to resolve
   * @param fallback the text to use when there is none ({@code env} only), or null
   */
  record Reference(String scheme, String key, @Nullable String fallback) implements Part {}

  /** A reference that is not one: without an end or without a key. */
  record Broken(String reason) implements Part {}

  /** Whether a text may hold references at all. */
  static boolean mayHoldReferences(String text) {
    return text.contains(OPEN);
  }

  /** Whether a text can only be known once files are read. */
  static boolean isDeferred(String text) {
    return text.contains(OPEN + FILE + ":");
  }

  /** Whether a text has references left that validation cannot replace. */
  static boolean isOpen(String text) {
    return isDeferred(text) || text.contains(OPEN + ENV + ":");
  }

  static Template of(String text, Set<String> schemes) {
    List<Part> parts = new ArrayList<>();
    int plain = 0;
    int at = text.indexOf(OPEN);
    while (at >= 0) {
      int colon = text.indexOf(':', at);
      String scheme = colon < 0 ? "" : text.substring(at + OPEN.length(), colon);
      if (!schemes.contains(scheme)) {
        at = text.indexOf(OPEN, at + OPEN.length());
        continue;
      }
      if (at > plain) {
        parts.add(new Literal(text.substring(plain, at)));
      }
      int end = text.indexOf('}', colon);
      if (end < 0) {
        parts.add(new Broken("'${" + scheme + ":' has no closing brace"));
        return new Template(parts);
      }
      parts.add(reference(scheme, text.substring(colon + 1, end)));
      plain = end + 1;
      at = text.indexOf(OPEN, plain);
    }
    if (plain < text.length()) {
      parts.add(new Literal(text.substring(plain)));
    }
    return new Template(parts);
  }

  private static Part reference(String scheme, String body) {
    int mark = scheme.equals(ENV) ? body.indexOf(DEFAULT_MARK) : -1;
    String key = mark < 0 ? body : body.substring(0, mark);
    if (key.isBlank()) {
      return new Broken("'${" + scheme + ":}' names nothing");
    }
    return new Reference(
        scheme, key, mark < 0 ? null : body.substring(mark + DEFAULT_MARK.length()));
  }
}
