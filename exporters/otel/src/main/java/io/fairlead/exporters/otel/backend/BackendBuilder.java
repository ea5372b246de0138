package io.fairlead.exporters.otel.backend;

import io.fairlead.exporters.otel.delivery.Signal;
import io.fairlead.exporters.otel.delivery.TransportSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a line of the table of backends; what is not said is as most backends have it. */
final class BackendBuilder {

  private static final Set<Signal> ALL = EnumSet.allOf(Signal.class);

  private final String name;
  private @Nullable String http;
  private @Nullable String overGrpc;
  private @Nullable String site;
  private String path = "";
  private final Map<Signal, String> paths = new EnumMap<>(Signal.class);
  private final Set<Signal> grpc = EnumSet.noneOf(Signal.class);
  private Backend.@Nullable Wish temporality;
  private final List<Backend.Header> headers = new ArrayList<>();
  private final Map<String, String> constants = new LinkedHashMap<>();
  private boolean gzip;
  private int maxRequest = TransportSettings.MAX_REQUEST;
  private String type = "gen_ai";
  private List<String> compat = List.of();
  private @Nullable String project;

  BackendBuilder(String name) {
    this.name = name;
  }

  /** Runs on this machine or in one's own network. */
  BackendBuilder local(int httpPort, int grpcPort) {
    http = "http://localhost:" + httpPort;
    overGrpc = grpcPort == 0 ? null : "http://localhost:" + grpcPort;
    return this;
  }

  BackendBuilder at(String address) {
    http = address;
    overGrpc = address;
    return this;
  }

  BackendBuilder site(String template) {
    site = template;
    return this;
  }

  BackendBuilder under(String basePath) {
    path = basePath;
    return this;
  }

  BackendBuilder http(Signal... signals) {
    for (Signal signal : signals) {
      paths.put(signal, signal.httpPath());
    }
    return this;
  }

  BackendBuilder http(Signal signal, String signalPath) {
    paths.put(signal, signalPath);
    return this;
  }

  BackendBuilder grpc(Signal... signals) {
    grpc.addAll(List.of(signals));
    return this;
  }

  BackendBuilder wants(String word) {
    temporality = new Backend.Wish(word, false);
    return this;
  }

  BackendBuilder requires(String word) {
    temporality = new Backend.Wish(word, true);
    return this;
  }

  BackendBuilder header(String headerName, String form) {
    headers.add(new Backend.Header(headerName, form, ALL, true, ""));
    return this;
  }

  BackendBuilder headerAt(String host, String headerName, String form) {
    headers.add(new Backend.Header(headerName, form, ALL, true, host));
    return this;
  }

  BackendBuilder advises(Signal signal, String headerName, String form) {
    headers.add(new Backend.Header(headerName, form, Set.of(signal), false, ""));
    return this;
  }

  BackendBuilder constant(String headerName, String value) {
    constants.put(headerName, value);
    return this;
  }

  BackendBuilder gzip() {
    gzip = true;
    return this;
  }

  BackendBuilder most(int bytes) {
    maxRequest = bytes;
    return this;
  }

  BackendBuilder type(String projection) {
    type = projection;
    return this;
  }

  BackendBuilder compat(String... names) {
    compat = List.of(names);
    return this;
  }

  BackendBuilder project(String attribute) {
    project = attribute;
    return this;
  }

  Backend build() {
    return new Backend(
        name,
        new Backend.Place(http, overGrpc, site, path),
        Map.copyOf(paths),
        Set.copyOf(grpc),
        temporality,
        List.copyOf(headers),
        Map.copyOf(constants),
        gzip,
        maxRequest,
        type,
        compat,
        project);
  }
}
