package io.fairlead.interceptors.redaction;

/** Ways to hide a text and leave enough to recognize it by. */
final class Masks {

  private Masks() {}

  /** Hides all but some characters at both ends; a text no longer than those stays. */
  static String keep(String text, String mask, int prefix, int suffix) {
    int[] points = text.codePoints().toArray();
    if (points.length <= (long) prefix + suffix) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < points.length; i++) {
      if (i < prefix || i >= points.length - suffix) {
        out.appendCodePoint(points[i]);
      } else {
        out.append(mask);
      }
    }
    return out.toString();
  }

  /** The first letter and the domain stay. */
  static String email(String text, String mask) {
    int at = text.indexOf('@');
    return at <= 1 ? text : keep(text.substring(0, at), mask, 1, 0) + text.substring(at);
  }

  /** The last four digits and whatever separates digits stay. */
  static String lastFourDigits(String text, String mask) {
    long hidden = text.chars().filter(Masks::isDigit).count() - 4;
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean hide = isDigit(text.charAt(i)) && hidden-- > 0;
      if (hide) {
        out.append(mask);
      } else {
        out.append(text.charAt(i));
      }
    }
    return out.toString();
  }

  /** What stands before the first dash and the last four characters stay. */
  static String afterDash(String text, String mask) {
    return keep(text, mask, text.indexOf('-') + 1, 4);
  }

  /** The last octet stays. */
  static String ipv4(String text, String mask) {
    String hidden = mask.repeat(3) + ".";
    return hidden.repeat(3) + text.substring(text.lastIndexOf('.') + 1);
  }

  /** The last group stays. */
  static String ipv6(String text, String mask) {
    int last = text.lastIndexOf(':') + 1;
    StringBuilder out = new StringBuilder();
    int group = 0;
    for (int i = 0; i < last; i++) {
      if (text.charAt(i) != ':') {
        group++;
      } else {
        out.append(group > 0 ? mask.repeat(4) : "").append(':');
        group = 0;
      }
    }
    return out.append(text, last, text.length()).toString();
  }

  /** Scheme and host stay, never a name and password before the host. */
  static String url(String text, String mask) {
    int authority = text.indexOf("://") + 3;
    int path = text.indexOf('/', authority);
    String server = text.substring(authority, path < 0 ? text.length() : path);
    String host = server.substring(server.lastIndexOf('@') + 1);
    return text.substring(0, authority) + host + (path < 0 ? "" : "/" + mask);
  }

  /** The word Bearer and the last four characters stay. */
  static String bearer(String text, String mask) {
    String word = text.substring(0, "Bearer".length());
    int token = word.length();
    while (isSpace(text.charAt(token))) {
      token++;
    }
    return word + " " + keep(text.substring(token), mask, 0, 4);
  }

  /** The header and the last six characters of the signature stay. */
  static String jwt(String text, String mask) {
    int payload = text.indexOf('.') + 1;
    int signature = text.indexOf('.', payload);
    return text.substring(0, payload)
        + keep(text.substring(payload, signature), mask, 0, 0)
        + "."
        + keep(text.substring(signature + 1), mask, 0, 6);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }
}
