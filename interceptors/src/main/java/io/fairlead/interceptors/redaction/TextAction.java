package io.fairlead.interceptors.redaction;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is done to a text: it is removed, or each find in it (or all of it) is replaced. */
final class TextAction {

  private final @Nullable Pattern pattern;
  private final Predicate<String> proof;
  private final @Nullable Function<Matcher, String> ofFind;
  private final @Nullable Function<String, String> ofAll;

  private TextAction(
      @Nullable Pattern pattern,
      Predicate<String> proof,
      @Nullable Function<Matcher, String> ofFind,
      @Nullable Function<String, String> ofAll) {
    this.pattern = pattern;
    this.proof = proof;
    this.ofFind = ofFind;
    this.ofAll = ofAll;
  }

  /** Removes texts altogether. */
  static TextAction remove() {
    return new TextAction(null, found -> true, null, null);
  }

  /** Replaces what a matcher finds by a template. */
  static TextAction replace(TextMatcher matcher, Replacement replacement) {
    return new TextAction(matcher.pattern(), matcher.proof(), replacement::of, null);
  }

  /** Changes what a matcher finds, or whole texts when there is none. */
  static TextAction change(@Nullable TextMatcher matcher, Function<String, String> change) {
    return matcher == null
        ? new TextAction(null, found -> true, null, change)
        : new TextAction(
            matcher.pattern(), matcher.proof(), found -> change.apply(found.group()), null);
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

  private String replaceFinds(String text, Pattern finder, Function<Matcher, String> change) {
    Matcher found = finder.matcher(text);
    StringBuilder out = new StringBuilder();
    int from = 0;
    while (found.find()) {
      if (proof.test(found.group())) {
        out.append(text, from, found.start()).append(change.apply(found));
        from = found.end();
      }
    }
    return from == 0 && out.isEmpty() ? text : out.append(text, from, text.length()).toString();
  }
}
