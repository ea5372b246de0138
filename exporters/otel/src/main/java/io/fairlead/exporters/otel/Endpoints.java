package io.fairlead.exporters.otel;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for endpoint addresses. */
final class Endpoints {

  static final String TRACES_PATH = "/v1/traces";
  static final String METRICS_PATH = "/v1/metrics";
  static final String LOGS_PATH = "/v1/logs";

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([\\w.~-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?");

  private Endpoints() {}

  /** What is wrong with an address, in one sentence, or null. Never quotes user information. */
  static @Nullable String fault(String url) {
    URI uri;
    try {
      uri = new URI(url.strip());
    } catch (URISyntaxException e) {
      return "the endpoint is not a URL";
    }
    if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
      return "the endpoint must start with http:// or https://";
    }
    if (!HOST_AND_PORT.matcher(authority(uri)).matches() || uri.getPort() > 65_535) {
      return "the endpoint must name a host and a valid port";
    }
    if (uri.getRawAuthority().indexOf('@') >= 0) {
      return "the endpoint must not hold a user name or password; use a header";
    }
    return null;
  }

  /** Why HTTP cannot carry a header, or null. Never shows the value. */
  static @Nullable String headerFault(String name, String value) {
    if (name.isEmpty() || !name.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != ':')) {
      return "'" + name.strip() + "' is no name for a header";
    }
    return value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f))
        ? null
        : "the value of header '" + name + "' holds a character that a header cannot carry";
  }

  /** A URL of nothing but an authority gains the path of traces. */
  static String withTracesPath(String url) {
    return withPath(url, TRACES_PATH);
  }

  /** A URL of nothing but an authority gains a path; one that is no URL stays as it is. */
  static String withPath(String url, String path) {
    String given = url.strip();
    return fault(given) == null && URI.create(given).getRawPath().isEmpty() ? given + path : given;
  }

  /**
   * The address for another signal beside one for traces, or null when it cannot be told. A query
   * is kept.
   *
   * @param path of the other signal
   */
  static @Nullable String beside(String traces, String path) {
    int query = traces.indexOf('?');
    String address = query < 0 ? traces : traces.substring(0, query);
    String rest = query < 0 ? "" : traces.substring(query);
    if (address.endsWith(TRACES_PATH)) {
      return address.substring(0, address.length() - TRACES_PATH.length()) + path + rest;
    }
    String own = URI.create(address).getRawPath();
    return "/".equals(own) ? address.substring(0, address.length() - 1) + path + rest : null;
  }

  /** The same place in one spelling, to find two endpoints that are one. */
  static String canonical(String url) {
    URI uri = URI.create(url.strip()).normalize();
    String place = (uri.getScheme() + "://" + authority(uri)).toLowerCase(Locale.ROOT);
    String port = "https".equalsIgnoreCase(uri.getScheme()) ? ":443" : ":80";
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String path = uri.getRawPath() == null ? "" : uri.getRawPath();
    return (place.endsWith(port) ? place : place + port) + path + query;
  }

  /** Host and port. {@link URI#getHost} knows no underscores, but container networks do. */
  private static String authority(URI uri) {
    String authority = uri.getRawAuthority();
    return authority == null ? "" : authority.substring(authority.lastIndexOf('@') + 1);
  }
}
