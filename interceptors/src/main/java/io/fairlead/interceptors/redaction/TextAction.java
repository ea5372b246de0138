package io.fairlead.interceptors.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is done to a text: it is removed, or each find in it (or all of it) is replaced. */
final class TextAction {

  private final @Nullable Pattern pattern;
  private final @Nullable Function<Matcher, String> ofFind;
  private final @Nullable Function<String, String> ofAll;

  private TextAction(
      @Nullable Pattern pattern,
      @Nullable Function<Matcher, String> ofFind,
      @Nullable Function<String, String> ofAll) {
    this.pattern = pattern;
    this.ofFind = ofFind;
    this.ofAll = ofAll;
  }

  /** Removes texts altogether. */
  static TextAction remove() {
    return new TextAction(null, null, null);
  }

  /** Replaces what a pattern finds by a template. */
  static TextAction replace(Pattern pattern, Replacement replacement) {
    return new TextAction(pattern, replacement::of, null);
  }

  /** Changes what a pattern finds, or whole texts when there is none. */
  static TextAction change(@Nullable Pattern pattern, Function<String, String> change) {
    return pattern == null
        ? new TextAction(null, null, change)
        : new TextAction(pattern, found -> change.apply(found.group()), null);
  }

  /** SHA-256 of a text, as 64 hexadecimal digits. */
  static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Whether texts go altogether, and at a path whatever is there. */
  boolean removes() {
    return ofFind == null && ofAll == null;
  }

  /** The text after the action, or null when it is removed. */
  @Nullable String apply(String text) {
    if (ofAll != null) {
      return ofAll.apply(text);
    }
    return ofFind == null || pattern == null ? null : replaceFinds(text, pattern, ofFind);
  }

  private static String replaceFinds(
      String text, Pattern finder, Function<Matcher, String> change) {
    Matcher found = finder.matcher(text);
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (found.find()) {
      if (!isWithinCharacter(text, found.start())) {
        out.append(text, from, found.start()).append(change.apply(found));
        from = found.end();
      }
    }
    return from == 0 && out.isEmpty() ? text : out.append(text, from, text.length()).toString();
  }

  /** Whether a place lies between the two halves of a character. */
  private static boolean isWithinCharacter(String text, int at) {
    return at > 0
        && at < text.length()
        && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
  }
}
