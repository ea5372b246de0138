package io.fairlead.core.observability;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** URLs of configurations: whether they are usable and where they really lead. */
final class Urls {

  static final List<String> HTTP = List.of("http", "https");
  static final List<String> WEB_SOCKET = List.of("ws", "wss");
  static final List<String> ANY = List.of("http", "https", "ws", "wss");

  private static final String TRACES_PATH = "/v1/traces";

  private Urls() {}

  /** The URL of a text with one of some schemes and a host, or null. */
  static @Nullable URI parse(String text, List<String> schemes) {
    try {
      URI uri = new URI(text);
      String scheme = uri.getScheme();
      boolean usable = scheme != null && schemes.contains(lower(scheme)) && host(uri) != null;
      return usable ? uri : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /**
   * The place a trace endpoint leads to, equal for equal places: case, default ports, doubled
   * slashes, the many names of this machine and, over HTTP, the implied path do not matter. User
   * names and passwords are left out. A text that is no URL stands for itself.
   */
  static String destination(String endpoint, boolean http) {
    URI uri = parse(endpoint.strip(), HTTP);
    if (uri == null) {
      return endpoint.strip();
    }
    String scheme = lower(uri.getScheme());
    int port = port(uri);
    String query = uri.getRawQuery();
    return scheme
        + "://"
        + canonicalHost(String.valueOf(host(uri)))
        + ":"
        + (port >= 0 ? port : scheme.equals("https") ? 443 : 80)
        + path(uri, http)
        + (query == null ? "" : "?" + query);
  }

  /** Whether the path of another signal can take the place of the traces' path. */
  static boolean isDerivable(URI uri) {
    String path = uri.getRawPath();
    return path == null || path.isEmpty() || path.equals("/") || path.endsWith(TRACES_PATH);
  }

  private static String path(URI uri, boolean http) {
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    if (path.isEmpty()) {
      return http ? TRACES_PATH : "/";
    }
    StringBuilder normal = new StringBuilder();
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) != '/' || i == 0 || path.charAt(i - 1) != '/') {
        normal.append(path.charAt(i));
      }
    }
    while (normal.length() > 1 && normal.charAt(normal.length() - 1) == '/') {
      normal.setLength(normal.length() - 1);
    }
    return normal.toString();
  }

  /** Hosts with underscores are no hosts to {@link URI}, but container networks have them. */
  private static @Nullable String host(URI uri) {
    if (uri.getHost() != null) {
      return uri.getHost();
    }
    String authority = uri.getRawAuthority();
    if (authority == null) {
      return null;
    }
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    int colon = hostAndPort.lastIndexOf(':');
    String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
    boolean portIsNumber = colon < 0 || isNumber(hostAndPort.substring(colon + 1));
    return host.isEmpty() || !portIsNumber || !isHostName(host) ? null : host;
  }

  private static int port(URI uri) {
    if (uri.getHost() != null) {
      return uri.getPort();
    }
    String authority = String.valueOf(uri.getRawAuthority());
    int colon = authority.lastIndexOf(':');
    return colon < 0 || colon < authority.lastIndexOf('@')
        ? -1
        : Integer.parseInt(authority.substring(colon + 1));
  }

  private static boolean isNumber(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= 5;
  }

  private static boolean isHostName(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (!Character.isLetterOrDigit(c) && "-._".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static String canonicalHost(String written) {
    String host = lower(written);
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    boolean loopback =
        name.equals("localhost")
            || name.endsWith(".localhost")
            || name.equals("[::1]")
            || name.equals("[0:0:0:0:0:0:0:1]")
            || isLoopback4(name);
    return loopback ? "<loopback>" : host;
  }

  private static boolean isLoopback4(String name) {
    String[] parts = name.split("\\.", -1);
    if (parts.length != 4 || !parts[0].equals("127")) {
      return false;
    }
    for (String part : parts) {
      if (!isNumber(part)) {
        return false;
      }
    }
    return true;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
