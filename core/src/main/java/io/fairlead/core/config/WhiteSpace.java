package io.fairlead.core.config;

/**
 * White space as Unicode defines it, which is how NeMo Relay trims: with no-break spaces, without
 * control characters of other uses. {@link String#isBlank} and {@link String#strip} see neither so.
 */
public final class WhiteSpace {

  private WhiteSpace() {}

  /** Whether a text is empty but for white space. */
  public static boolean isBlank(String text) {
    return trim(text).isEmpty();
  }

  /** Whether a text begins or ends with white space. */
  public static boolean isPadded(String text) {
    return trim(text).length() != text.length();
  }

  /** The text without white space at its ends. */
  public static String trim(String text) {
    int end = text.length();
    while (end > 0 && isWhite(text.charAt(end - 1))) {
      end--;
    }
    int start = 0;
    while (start < end && isWhite(text.charAt(start))) {
      start++;
    }
    return text.substring(start, end);
  }

  private static boolean isWhite(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == '\u0085'
        || (c > '\u0085' && Character.isSpaceChar(c));
  }
}
