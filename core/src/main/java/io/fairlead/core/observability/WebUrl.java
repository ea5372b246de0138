package io.fairlead.core.observability;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A web address as the URL standard of the WHATWG reads it. User names, passwords and fragments are
 * left out.
 *
 * @param scheme in lower case
 * @param host in its one spelling
 * @param port the given one, else the scheme's
 * @param path without dot segments, at least {@code /}
 * @param query without its question mark, or null
 */
record WebUrl(String scheme, String host, int port, String path, @Nullable String query) {

  private static final List<String> SCHEMES = List.of("http", "https", "ws", "wss");
  private static final String PATH_ESCAPES = " \"#<>?`{}^";
  private static final String QUERY_ESCAPES = " \"#<>'";

  /** The address, or null when the text is no address with one of the web's schemes. */
  static @Nullable WebUrl parse(String text) {
    String url = trimmed(text);
    int colon = url.indexOf(':');
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!SCHEMES.contains(scheme)) {
      return null;
    }
    int start = colon + 1;
    while (start < url.length() && "/\\".indexOf(url.charAt(start)) >= 0) {
      start++;
    }
    int end = firstOf(url, "/\\?#", start);
    String authority = url.substring(start, end);
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int portColon = hostAndPort.indexOf(':', hostAndPort.lastIndexOf(']') + 1);
    String host =
        WebHost.canonical(portColon < 0 ? hostAndPort : hostAndPort.substring(0, portColon));
    int port = port(scheme, portColon < 0 ? "" : hostAndPort.substring(portColon + 1));
    if (host == null || port < 0) {
      return null;
    }
    int pathEnd = firstOf(url, "?#", end);
    String query = null;
    if (pathEnd < url.length() && url.charAt(pathEnd) == '?') {
      query = escaped(url.substring(pathEnd + 1, firstOf(url, "#", pathEnd)), QUERY_ESCAPES);
    }
    return new WebUrl(scheme, host, port, path(url.substring(end, pathEnd)), query);
  }

  /** Whether the text's path is nothing at all, which differs from a lone slash. */
  static boolean hasNoPath(String text) {
    String url = trimmed(text);
    return !url.substring(0, firstOf(url, "?#", 0)).endsWith("/");
  }

  private static String trimmed(String text) {
    return text.strip().replaceAll("[\\t\\r\\n]", "");
  }

  private static int firstOf(String text, String stops, int from) {
    int at = from;
    while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static int port(String scheme, String digits) {
    if (digits.isEmpty()) {
      return scheme.equals("https") || scheme.equals("wss") ? 443 : 80;
    }
    int port = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      port = port * 10 + digit;
      if (digit < 0 || digit > 9 || port > 65_535) {
        return -1;
      }
    }
    return port;
  }

  private static String path(String written) {
    String path = written.replace('\\', '/');
    Deque<String> segments = new ArrayDeque<>();
    boolean open = true;
    for (String segment : List.of((path.isEmpty() ? "" : path.substring(1)).split("/", -1))) {
      String dots = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
      open = dots.equals(".") || dots.equals("..");
      if (dots.equals("..")) {
        segments.pollLast();
      } else if (!open) {
        segments.addLast(escaped(segment, PATH_ESCAPES));
      }
    }
    return "/"
        + String.join("/", new ArrayList<>(segments))
        + (open && !segments.isEmpty() ? "/" : "");
  }

  private static String escaped(String text, String escapes) {
    StringBuilder escaped = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b <= 31 || b == 127 || escapes.indexOf(b) >= 0) {
        escaped.append(String.format(Locale.ROOT, "%%%02X", b));
      } else {
        escaped.append((char) b);
      }
    }
    return escaped.toString();
  }
}
