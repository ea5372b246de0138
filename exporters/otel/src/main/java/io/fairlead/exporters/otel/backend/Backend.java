package io.fairlead.exporters.otel.backend;

import io.fairlead.exporters.otel.delivery.Signal;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one backend. An endpoint that names it need only say what this does not.
 *
 * @param name as the document has it
 * @param place where it is
 * @param paths what is appended to its base URL, for each signal it takes over HTTP
 * @param grpc the signals it takes over gRPC
 * @param temporality what it wants metrics to be, or null when it does not matter
 * @param headers what requests need
 * @param constants headers that are the same for everybody
 * @param gzip whether requests are compressed
 * @param maxRequest most bytes of a request before compression
 * @param type the projection that it shows best
 * @param compat older or foreign names that it wants
 * @param project the resource attribute that sorts traces into projects, or null
 */
public record Backend(
    String name,
    Place place,
    Map<Signal, String> paths,
    Set<Signal> grpc,
    @Nullable Wish temporality,
    List<Header> headers,
    Map<String, String> constants,
    boolean gzip,
    int maxRequest,
    String type,
    List<String> compat,
    @Nullable String project) {

  private static final Pattern SITE = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,120})");

  /**
   * Where a backend is.
   *
   * @param http scheme and authority for HTTP, or null when there is no usual one
   * @param grpc the same for gRPC
   * @param site scheme and authority in which {@code {site}} is replaced, or null
   * @param path what a base URL without a path lacks
   */
  public record Place(
      @Nullable String http, @Nullable String grpc, @Nullable String site, String path) {}

  /**
   * A temporality.
   *
   * @param word as the document has it
   * @param required whether the backend refuses another
   */
  public record Wish(String word, boolean required) {}

  /**
   * A header.
   *
   * @param name its name
   * @param form how to give it, with a variable in place of the secret
   * @param signals the requests that need it
   * @param required whether nothing is taken without it
   * @param host end of the names of the hosts that ask for it; empty for all
   */
  public record Header(
      String name, String form, Set<Signal> signals, boolean required, String host) {}

  /** Whether a signal is taken in any way. */
  public boolean takes(Signal signal) {
    return paths.containsKey(signal) || grpc.contains(signal);
  }

  /** Whether a signal is taken in one way. */
  public boolean takes(Signal signal, boolean overGrpc) {
    return overGrpc ? grpc.contains(signal) : paths.containsKey(signal);
  }

  /** Whether the backend's address has a place for such a word. */
  public static boolean isSite(String word) {
    return SITE.matcher(word).matches();
  }

  /**
   * The address of a signal, or null when none can be told.
   *
   * @param given what the document has, or null
   * @param site what the document has, or null
   */
  public @Nullable String address(
      @Nullable String given, @Nullable String site, boolean overGrpc, Signal signal) {
    String url = given == null ? usual(site, overGrpc) : given.strip();
    String path = paths.get(signal);
    if (url == null || overGrpc || path == null) {
      return url;
    }
    int query = url.indexOf('?');
    String rest = query < 0 ? "" : url.substring(query);
    String base = withoutSlash(query < 0 ? url : url.substring(0, query));
    String end = signalPath(base);
    if (end != null) {
      return base.substring(0, base.length() - end.length()) + path + rest;
    }
    return base + (pathOf(base).isEmpty() ? place.path() : "") + path + rest;
  }

  /** The path of a signal at the end of an address, or null when it is a base. */
  public @Nullable String signalPath(String url) {
    int query = url.indexOf('?');
    String path = withoutSlash(query < 0 ? url : url.substring(0, query));
    for (String known : signalPaths()) {
      if (path.endsWith(known)) {
        return known;
      }
    }
    return null;
  }

  private List<String> signalPaths() {
    Set<String> known = new LinkedHashSet<>(paths.values());
    for (Signal signal : Signal.values()) {
      known.add(signal.httpPath());
    }
    return new ArrayList<>(known);
  }

  private @Nullable String usual(@Nullable String site, boolean overGrpc) {
    String template = place.site();
    if (site != null && template != null && isSite(site)) {
      return template.replace("{site}", site);
    }
    return overGrpc ? place.grpc() : place.http();
  }

  /** The path of an address; an address that is no URL has none to add to. */
  private static String pathOf(String url) {
    try {
      String path = URI.create(url).getRawPath();
      return path == null ? "" : path;
    } catch (IllegalArgumentException e) {
      return "/";
    }
  }

  private static String withoutSlash(String url) {
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '/') {
      end--;
    }
    return url.substring(0, end);
  }
}
