package io.fairlead.core.observability;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** URLs of configurations: whether they are usable and where they really lead. */
final class Urls {

  static final List<String> HTTP = List.of("http", "https");
  static final List<String> WEB_SOCKET = List.of("ws", "wss");
  static final List<String> ANY = List.of("http", "https", "ws", "wss");

  private static final String TRACES_PATH = "/v1/traces";

  private Urls() {}

  /** The address a text stands for when it has one of some schemes, or null. */
  static @Nullable WebUrl parse(String text, List<String> schemes) {
    WebUrl url = WebUrl.parse(text);
    return url != null && schemes.contains(url.scheme()) ? url : null;
  }

  /**
   * The place a trace endpoint leads to, equal for equal places: case, default ports, doubled
   * slashes, the many names of this machine and, over HTTP, the implied path do not matter. User
   * names and passwords are left out. A text that is no URL stands for itself.
   */
  static String destination(String endpoint, boolean http) {
    return destination(endpoint, http, TRACES_PATH);
  }

  /** The same for an endpoint of another signal; a path of traces turns into the signal's. */
  static String destination(String endpoint, boolean http, String signalPath) {
    WebUrl url = parse(endpoint, HTTP);
    if (url == null) {
      return endpoint.strip();
    }
    String path = http ? path(url, endpoint, signalPath) : url.path();
    return url.scheme()
        + "://"
        + (WebHost.isLoopback(url.host()) ? "<loopback>" : url.host())
        + ":"
        + url.port()
        + normalized(path)
        + (url.query() == null ? "" : "?" + url.query());
  }

  /** Whether the path of another signal can take the place of the traces' path. */
  static boolean isDerivable(WebUrl url) {
    return url.path().equals("/") || url.path().endsWith(TRACES_PATH);
  }

  private static String path(WebUrl url, String written, String signalPath) {
    String path = url.path();
    if (path.equals("/") && WebUrl.hasNoPath(written)) {
      return signalPath;
    }
    return path.endsWith(TRACES_PATH)
        ? path.substring(0, path.length() - TRACES_PATH.length()) + signalPath
        : path;
  }

  private static String normalized(String path) {
    String single = path.replaceAll("/+", "/");
    return single.length() > 1 && single.endsWith("/")
        ? single.substring(0, single.length() - 1)
        : single;
  }
}
