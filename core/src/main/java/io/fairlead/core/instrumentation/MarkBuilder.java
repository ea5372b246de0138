package io.fairlead.core.instrumentation;

import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says that something happened at one moment: inside the current scope unless another is named. Not
 * thread-safe; use it once.
 */
public final class MarkBuilder {

  private static final String SEVERITY = "nemo_relay.log.severity";

  private final Instrumentation owner;
  private final String name;
  private final Map<String, Json> metadata = new LinkedHashMap<>();
  private @Nullable ScopeParent parent;
  private @Nullable Instant time;
  private @Nullable Object data;

  MarkBuilder(Instrumentation owner, String name) {
    this.owner = owner;
    this.name = name;
  }

  /** The scope it happened in, instead of the current one. */
  public MarkBuilder in(@Nullable ActiveScope scope) {
    if (scope == null) {
      owner.misuse().missing("scope");
    } else {
      parent = scope.asParent();
    }
    return this;
  }

  /** A payload; kept only when content is captured. */
  public MarkBuilder data(@Nullable Object value) {
    data = value;
    return this;
  }

  /** A further fact. */
  public MarkBuilder metadata(String key, @Nullable Object value) {
    Json json = owner.content().value(name, value);
    if (json != null) {
      metadata.put(owner.misuse().required(key, "metadata key", "unknown"), json);
    }
    return this;
  }

  /**
   * How grave it is as a log record: {@code trace}, {@code debug}, {@code info} (the default),
   * {@code warn}, {@code error}.
   */
  public MarkBuilder severity(String severity) {
    return metadata(SEVERITY, owner.misuse().required(severity, "severity", "info"));
  }

  /** When it happened, if not now. */
  public MarkBuilder time(@Nullable Instant moment) {
    time = moment;
    return this;
  }

  /** Hands the mark over. */
  public void emit() {
    ScopeParent above = parent != null ? parent : owner.currentParent();
    long nanos = owner.time(name, time);
    UUID uuid = owner.ids().next(nanos);
    Origin origin = above == null || above.origin() == null ? owner.origin() : above.origin();
    owner.emit(
        new Mark(
            new EventHeader(
                uuid,
                above == null ? null : above.uuid(),
                above == null ? uuid : above.traceRoot(),
                nanos,
                name,
                origin,
                owner.content().payload(name, data),
                owner.content().metadata(metadata),
                null,
                null)));
  }
}
