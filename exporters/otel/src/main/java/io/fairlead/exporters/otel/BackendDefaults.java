package io.fairlead.exporters.otel;

import io.fairlead.exporters.otel.backend.Backend;
import io.fairlead.exporters.otel.backend.Backends;
import io.fairlead.exporters.otel.delivery.Signal;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills in what an endpoint leaves out because it names a backend. What the document says stays;
 * the address becomes that of one signal. Values filled in stand where the backend is named.
 */
final class BackendDefaults {

  private BackendDefaults() {}

  /** The backend an endpoint names, or null. */
  static @Nullable Backend backend(ConfigView endpoint) {
    boolean mayName = endpoint.spec().field("backend") != null; // a file sink may not
    return mayName ? Backends.named(endpoint.stringOrNull("backend")) : null;
  }

  /** The endpoint as it is for a signal; the same when it names no backend. */
  static ConfigView fill(ConfigView endpoint, Signal signal) {
    Backend backend = backend(endpoint);
    ConfigNode named = endpoint.node("backend");
    if (backend == null || named == null) {
      return endpoint;
    }
    Filling filling = new Filling(endpoint, named.position());
    filling.text("type", backend.type());
    filling.texts("compat", backend.compat());
    filling.text("compression", backend.gzip() ? "gzip" : null);
    filling.address(address(endpoint, backend, signal));
    return filling.done();
  }

  /** Every endpoint as it is for a signal. */
  static List<ConfigView> fill(List<ConfigView> endpoints, Signal signal) {
    List<ConfigView> filled = new ArrayList<>();
    for (ConfigView endpoint : endpoints) {
      filled.add(fill(endpoint, signal));
    }
    return filled;
  }

  /** Whether an endpoint is for a signal as well; without a backend that is not known. */
  static boolean takes(ConfigView endpoint, Signal signal) {
    Backend backend = backend(endpoint);
    return backend == null || backend.takes(signal, isGrpc(endpoint));
  }

  /** What metrics for an endpoint count from. */
  static String temporality(ConfigView metrics, ConfigView endpoint) {
    String own = ownTemporality(endpoint);
    if (own != null) {
      return own;
    }
    Backend backend = backend(endpoint);
    Backend.Wish wish = backend == null ? null : backend.temporality();
    return wish == null || metrics.has("temporality") ? metrics.string("temporality") : wish.word();
  }

  /** What an endpoint says for itself alone; trace endpoints may not. */
  static @Nullable String ownTemporality(ConfigView endpoint) {
    boolean maySay = endpoint.spec().field("temporality") != null;
    return maySay ? endpoint.stringOrNull("temporality") : null;
  }

  static boolean isGrpc(ConfigView endpoint) {
    return "grpc".equals(endpoint.stringOrNull("transport"));
  }

  /** The address of a signal, or null when the endpoint tells none. */
  static @Nullable String address(ConfigView endpoint, Backend backend, Signal signal) {
    return backend.address(
        endpoint.stringOrNull("endpoint"), endpoint.stringOrNull("site"), isGrpc(endpoint), signal);
  }

  /** A copy of an endpoint's table in the making. */
  private static final class Filling {

    private final ConfigView endpoint;
    private final @Nullable SourcePosition place;
    private final Map<String, ConfigNode.Entry> entries;

    Filling(ConfigView endpoint, @Nullable SourcePosition place) {
      this.endpoint = endpoint;
      this.place = place;
      this.entries = new LinkedHashMap<>(endpoint.table().entries());
    }

    void text(String key, @Nullable String value) {
      if (value != null) {
        absent(key, new ConfigNode.Text(value, place));
      }
    }

    void texts(String key, List<String> values) {
      List<ConfigNode> elements = new ArrayList<>();
      values.forEach(value -> elements.add(new ConfigNode.Text(value, place)));
      if (!elements.isEmpty()) {
        absent(key, new ConfigNode.Array(elements, place));
      }
    }

    void address(@Nullable String url) {
      ConfigNode.Entry given = entries.get("endpoint");
      if (given == null) {
        text("endpoint", url);
      } else if (url != null && given.value() instanceof ConfigNode.Text text) {
        entries.put(
            "endpoint",
            new ConfigNode.Entry(given.keyPosition(), new ConfigNode.Text(url, text.position())));
      }
    }

    ConfigView done() {
      ConfigNode.Table table = new ConfigNode.Table(entries, endpoint.table().position());
      return ConfigView.of(endpoint.spec(), table);
    }

    private void absent(String key, ConfigNode value) {
      if (endpoint.spec().field(key) != null) {
        entries.putIfAbsent(key, new ConfigNode.Entry(place, value));
      }
    }
  }
}
