package io.fairlead.exporters.otel;

import io.fairlead.spi.config.Secret;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where and how to deliver spans or metrics. A fluent, mutable holder: whoever takes one copies
 * what it needs. Not thread-safe. Its text form shows no header value.
 */
public final class OpenTelemetryConfig {

  /** How a request travels. */
  public enum Transport {
    /** Protobuf over HTTP. */
    HTTP_BINARY,
    GRPC
  }

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);

  private final Transport transport;
  private String endpoint;
  private final Map<String, Secret> headers = new LinkedHashMap<>();
  private final Map<String, String> resourceAttributes = new LinkedHashMap<>();
  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Set<String> compat = new LinkedHashSet<>();
  private String projection = "full";
  private String semconv = "practice";
  private String instrumentationScope = "opentelemetry";
  private Duration timeout = DEFAULT_TIMEOUT;
  private boolean gzip;
  private boolean content = true;
  private boolean marksAsTools;
  private Set<String> plainMarks = Set.of("llm.chunk");
  private String attributes = "flattened";
  private boolean payloadsOnce;
  private Set<String> promoted = Set.of();
  private Set<String> promotedToResource = Set.of();
  private int maxBatch = 512;
  private Duration linger = Duration.ofSeconds(1);

  private OpenTelemetryConfig(Transport transport, String endpoint, String serviceName) {
    this.transport = transport;
    this.endpoint = endpoint;
    resourceAttributes.put("telemetry.sdk.language", "java");
    resourceAttributes.put("telemetry.sdk.name", "fairlead");
    resourceAttributes.put("service.name", serviceName);
  }

  /** Protobuf over HTTP, by default to {@code http://localhost:4318}. */
  public static OpenTelemetryConfig httpBinary(String serviceName) {
    return new OpenTelemetryConfig(
        Transport.HTTP_BINARY, "http://localhost:4318/v1/traces", serviceName);
  }

  /** gRPC, by default to {@code http://localhost:4317}. */
  public static OpenTelemetryConfig grpc(String serviceName) {
    return new OpenTelemetryConfig(Transport.GRPC, "http://localhost:4317", serviceName);
  }

  /**
   * Where to. For HTTP a URL without a path gains {@code /v1/traces}; any other path is kept.
   *
   * @throws IllegalArgumentException when it is not an absolute http or https URL
   */
  public OpenTelemetryConfig endpoint(String url) {
    String trouble = Endpoints.fault(url);
    if (trouble != null) {
      throw new IllegalArgumentException(trouble);
    }
    endpoint = transport == Transport.GRPC ? url.strip() : Endpoints.withTracesPath(url);
    return this;
  }

  /** A header of every request. Its value is treated as a secret. */
  public OpenTelemetryConfig header(String name, String value) {
    return header(name, Secret.of(value));
  }

  /**
   * A header of every request.
   *
   * @throws IllegalArgumentException when HTTP cannot carry it; the message does not show the value
   */
  public OpenTelemetryConfig header(String name, Secret value) {
    String fault = Endpoints.headerFault(name, value.reveal());
    if (fault != null) {
      throw new IllegalArgumentException(fault);
    }
    headers.put(Objects.requireNonNull(name, "name"), value);
    return this;
  }

  /** An attribute of the resource; null leaves it as it is. */
  public OpenTelemetryConfig resourceAttribute(String name, @Nullable String value) {
    if (value != null) {
      resourceAttributes.put(name, value);
    }
    return this;
  }

  /** For one request, from connecting to the last byte of the answer. */
  public OpenTelemetryConfig timeout(Duration value) {
    timeout = value;
    return this;
  }

  /** Whether bodies are compressed. */
  public OpenTelemetryConfig gzip(boolean value) {
    gzip = value;
    return this;
  }

  /** What is shown: {@code full} (default), {@code gen_ai} or {@code openinference}. */
  public OpenTelemetryConfig projection(String name) {
    projection = name;
    return this;
  }

  /**
   * The version of the GenAI conventions: {@code practice}, {@code 1.36}, {@code 1.41}, {@code
   * main}.
   */
  public OpenTelemetryConfig semconv(String profile) {
    semconv = profile;
    return this;
  }

  /** An older or foreign name to write as well. */
  public OpenTelemetryConfig compat(String name) {
    compat.add(name);
    return this;
  }

  /** Writes an attribute a second time under another name. */
  public OpenTelemetryConfig alias(String attribute, String alias) {
    aliases.put(alias, attribute);
    return this;
  }

  /** The instrumentation scope spans are under. */
  public OpenTelemetryConfig instrumentationScope(String name) {
    instrumentationScope = name;
    return this;
  }

  /** Whether captured payloads are shown (default), as far as there are any. */
  public OpenTelemetryConfig content(boolean value) {
    content = value;
    return this;
  }

  /**
   * Shows each mark as a span of no length (not in {@code gen_ai}, which shows no marks).
   *
   * @param except names of marks, or of the hook events behind them, to show as span events still
   */
  public OpenTelemetryConfig marksAsTools(Set<String> except) {
    marksAsTools = true;
    plainMarks = Set.copyOf(except);
    return this;
  }

  /**
   * How payloads and metadata become attributes: {@code flattened} (default), or {@code json} for
   * the attributes of NeMo Relay 0.5.
   */
  public OpenTelemetryConfig attributes(String style) {
    attributes = style;
    return this;
  }

  /** Whether a payload is shown under one name only, not under both of NeMo Relay's. */
  public OpenTelemetryConfig payloadsOnce(boolean value) {
    payloadsOnce = value;
    return this;
  }

  /** Prefixes of metadata keys that become attributes of spans and span events. */
  public OpenTelemetryConfig promote(Set<String> prefixes) {
    promoted = Set.copyOf(prefixes);
    return this;
  }

  /** Prefixes of a trace root's metadata keys that become attributes of the spans' resource. */
  public OpenTelemetryConfig promoteToResource(Set<String> prefixes) {
    promotedToResource = Set.copyOf(prefixes);
    return this;
  }

  /** Most events per request, and how long to wait for a request to fill. */
  public OpenTelemetryConfig batch(int most, Duration wait) {
    maxBatch = most;
    linger = wait;
    return this;
  }

  Transport transport() {
    return transport;
  }

  String endpoint() {
    return endpoint;
  }

  Map<String, Secret> headers() {
    return headers;
  }

  Map<String, String> resourceAttributes() {
    return resourceAttributes;
  }

  /** Alias to attribute. */
  Map<String, String> aliases() {
    return aliases;
  }

  Set<String> compat() {
    return compat;
  }

  String projection() {
    return projection;
  }

  String semconv() {
    return semconv;
  }

  String instrumentationScope() {
    return instrumentationScope;
  }

  Duration timeout() {
    return timeout;
  }

  boolean gzip() {
    return gzip;
  }

  boolean content() {
    return content;
  }

  boolean marksAsTools() {
    return marksAsTools;
  }

  Set<String> plainMarks() {
    return plainMarks;
  }

  String attributes() {
    return attributes;
  }

  boolean payloadsOnce() {
    return payloadsOnce;
  }

  Set<String> promoted() {
    return promoted;
  }

  Set<String> promotedToResource() {
    return promotedToResource;
  }

  int maxBatch() {
    return maxBatch;
  }

  Duration linger() {
    return linger;
  }

  @Override
  public String toString() {
    return "OpenTelemetryConfig["
        + transport
        + " "
        + endpoint
        + ", headers "
        + headers.keySet()
        + "]";
  }
}
