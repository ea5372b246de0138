package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.backend.Backend;
import io.fairlead.exporters.otel.delivery.Signal;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks endpoints against the backends they name: errors where nothing would be taken, warnings
 * where something is likely not as it was meant.
 */
final class BackendChecks {

  private static final String PROTOCOL = "observability.backend_protocol";
  private static final String TEMPORALITY = "observability.backend_temporality";
  private static final String SIGNAL = "observability.backend_signal";
  private static final String HEADER_MISSING = "observability.backend_header_missing";
  private static final String ENDPOINT_PATH = "observability.backend_endpoint_path";
  private static final String ENDPOINT_MISSING = "observability.backend_endpoint_missing";

  private final ValidationContext context;

  BackendChecks(ValidationContext context) {
    this.context = context;
  }

  /**
   * Checks the endpoints of a list.
   *
   * @param path of the list
   */
  void endpoints(List<ConfigView> endpoints, String path, Signal signal) {
    for (int i = 0; i < endpoints.size(); i++) {
      Backend backend = BackendDefaults.backend(endpoints.get(i));
      if (backend != null) {
        new Endpoint(endpoints.get(i), path + "[" + i + "]", backend, signal)
            .check(endpoints.size() == 1);
      }
    }
  }

  /**
   * Checks what follows from a signal being enabled.
   *
   * @param section its table
   * @param name of the table
   * @param targets its own endpoints, else those of traces
   */
  void signal(ConfigView section, String name, Signal signal, List<ConfigView> targets) {
    List<ConfigView> takers = new ArrayList<>(targets);
    takers.removeIf(target -> !BackendDefaults.takes(target, signal));
    if (!section.has("endpoints") && takers.isEmpty() && !targets.isEmpty()) {
      context.report(
          Level.WARNING,
          SIGNAL,
          name + ".enabled",
          section.node("enabled"),
          "no backend of the trace endpoints takes " + name + ", so none are sent",
          "name an endpoint under " + name + ".endpoints, or leave " + name + " out");
    }
    if (signal == Signal.METRICS && section.has("temporality")) {
      temporality(section, takers);
    }
    if (!section.has("endpoints")) {
      distinct(name, signal, takers);
    }
  }

  /** One finding for all: they are about one value. */
  private void temporality(ConfigView metrics, List<ConfigView> takers) {
    String word = metrics.string("temporality");
    Set<String> refusing = new TreeSet<>();
    Set<String> preferring = new TreeSet<>();
    for (ConfigView taker : takers) {
      Backend backend = BackendDefaults.backend(taker);
      Backend.Wish wish = backend == null ? null : against(backend, word);
      if (backend != null && wish != null && BackendDefaults.ownTemporality(taker) == null) {
        (wish.required() ? refusing : preferring).add("'" + backend.name() + "'");
      }
    }
    boolean refused = !refusing.isEmpty();
    Set<String> named = refused ? refusing : preferring;
    if (!named.isEmpty()) {
      context.report(
          refused ? Level.ERROR : Level.WARNING,
          TEMPORALITY,
          "metrics.temporality",
          metrics.node("temporality"),
          "metrics for "
              + String.join(", ", named)
              + (refused ? " must be " : " are best ")
              + (word.equals("cumulative") ? "delta" : "cumulative"),
          "leave 'temporality' out: each endpoint then gets what its backend wants");
    }
  }

  /** What a backend wants instead of a temporality, or null when it is content with it. */
  private static Backend.@Nullable Wish against(Backend backend, String word) {
    Backend.Wish wish = backend.temporality();
    boolean cumulative = word.equals("cumulative");
    return wish == null || cumulative == wish.word().equals("cumulative") ? null : wish;
  }

  /** The same metrics or logs twice at one place would be counted twice. */
  private void distinct(String name, Signal signal, List<ConfigView> takers) {
    Set<String> places = new TreeSet<>();
    for (ConfigView taker : takers) {
      String url = BackendDefaults.fill(taker, signal).stringOrNull("endpoint");
      if (BackendDefaults.backend(taker) != null
          && url != null
          && Endpoints.fault(url) == null
          && !places.add(taker.stringOrNull("transport") + " " + Endpoints.canonical(url))) {
        context.unsupportedValue(
            name + ".endpoints",
            taker.node("backend"),
            "two endpoints would send the same " + name + " to one destination",
            "name the endpoints of " + name + " under " + name + ".endpoints");
      }
    }
  }

  /** One endpoint under check. */
  private final class Endpoint {

    private final ConfigView endpoint;
    private final String path;
    private final Backend backend;
    private final Signal signal;
    private final String signalName;

    Endpoint(ConfigView endpoint, String path, Backend backend, Signal signal) {
      this.endpoint = endpoint;
      this.path = path;
      this.backend = backend;
      this.signal = signal;
      this.signalName = signal.name().toLowerCase(Locale.ROOT);
    }

    void check(boolean alone) {
      site();
      if (!backend.takes(signal)) {
        report(
            Level.ERROR,
            SIGNAL,
            "backend",
            "'" + backend.name() + "' takes no " + signalName,
            "send " + signalName + " elsewhere");
        return;
      }
      boolean grpc = BackendDefaults.isGrpc(endpoint);
      if (!backend.takes(signal, grpc)) {
        report(
            Level.ERROR,
            PROTOCOL,
            grpc ? "transport" : "backend",
            "'" + backend.name() + "' takes no " + signalName + " over " + (grpc ? "gRPC" : "HTTP"),
            "transport = \"" + (grpc ? "http_binary" : "grpc") + "\"");
        return;
      }
      String url = BackendDefaults.address(endpoint, backend, signal);
      if (url == null) {
        noAddress();
      }
      givenAddress(grpc);
      ownTemporality();
      for (Backend.Header header : backend.headers()) {
        if (header.signals().contains(signal) && isAsked(header, url) && !has(header, alone)) {
          context.report(
              header.required() ? Level.ERROR : Level.WARNING,
              HEADER_MISSING,
              path + ".headers." + header.name(),
              endpoint.table(),
              "'" + backend.name() + "' needs the header " + header.name(),
              "headers = { " + header.name() + " = \"" + header.form() + "\" }");
        }
      }
    }

    private void site() {
      String site = endpoint.stringOrNull("site");
      if (site != null && backend.place().site() == null) {
        context.unsupportedValue(
            path + ".site",
            endpoint.node("site"),
            "the address of '" + backend.name() + "' has no place for a site",
            "give the address as 'endpoint'");
      } else if (site != null && !Backend.isSite(site)) {
        context.unsupportedValue(
            path + ".site",
            endpoint.node("site"),
            "a site is letters, digits, dots and hyphens",
            null);
      }
    }

    private void noAddress() {
      if (isSet("OTEL_EXPORTER_OTLP_ENDPOINT")
          || isSet("OTEL_EXPORTER_OTLP_" + signal.name() + "_ENDPOINT")) {
        return;
      }
      String template = backend.place().site();
      report(
          Level.ERROR,
          ENDPOINT_MISSING,
          "backend",
          "'" + backend.name() + "' has no address that is the same for everybody",
          template == null
              ? "give its base URL as 'endpoint'"
              : "give 'site', for " + template + ", or its base URL as 'endpoint'");
    }

    private void givenAddress(boolean grpc) {
      String given = endpoint.stringOrNull("endpoint");
      if (given == null || Endpoints.fault(given) != null) {
        return;
      }
      String own = URI.create(given.strip()).getRawPath();
      if (grpc && !own.isEmpty() && !own.equals("/")) {
        report(
            Level.ERROR,
            ENDPOINT_PATH,
            "endpoint",
            "an address for gRPC has no path",
            "write scheme, host and port alone");
      } else if (!grpc && backend.signalPath(given) != null) {
        report(
            Level.WARNING,
            ENDPOINT_PATH,
            "endpoint",
            "the endpoint of a backend is a base URL, and this one ends in "
                + backend.signalPath(given),
            "leave that out; each signal's own path is added");
      }
    }

    private void ownTemporality() {
      String own = BackendDefaults.ownTemporality(endpoint);
      Backend.Wish wish = own == null ? null : against(backend, own);
      if (wish != null) {
        report(
            wish.required() ? Level.ERROR : Level.WARNING,
            TEMPORALITY,
            "temporality",
            "metrics for '"
                + backend.name()
                + (wish.required() ? "' must be " : "' are best ")
                + wish.word(),
            "leave 'temporality' out: the endpoint then gets what its backend wants");
      }
    }

    private boolean isAsked(Backend.Header header, @Nullable String url) {
      if (header.host().isEmpty()) {
        return true;
      }
      String host = url == null || Endpoints.fault(url) != null ? null : URI.create(url).getHost();
      return host != null && host.toLowerCase(Locale.ROOT).endsWith(header.host());
    }

    /** Variables count where the endpoint has no headers of its own, as when it is read. */
    private boolean has(Backend.Header header, boolean alone) {
      Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
      for (String map : List.of("headers", "header_env", "header_file")) {
        given.addAll(endpoint.stringMap(map).keySet());
      }
      return given.contains(header.name())
          || (given.isEmpty()
              && alone
              && (isSet("OTEL_EXPORTER_OTLP_HEADERS")
                  || isSet("OTEL_EXPORTER_OTLP_" + signal.name() + "_HEADERS")));
    }

    private boolean isSet(String variable) {
      String value = context.environment(variable);
      return value != null && !value.isBlank();
    }

    private void report(Level level, String code, String key, String message, String hint) {
      ConfigNode at = endpoint.node(key);
      context.report(level, code, path + "." + key, at, message, hint);
    }
  }
}
