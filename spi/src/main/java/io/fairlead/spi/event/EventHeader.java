package io.fairlead.spi.event;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What every event has.
 *
 * @param uuid identity; start and end of a scope share it. Its last 8 bytes are the span id
 * @param parentUuid the enclosing scope as the source named it, or null. It may name a scope that
 *     was never emitted
 * @param traceRoot UUID of the topmost emitted scope above this event, or {@code uuid} itself. Its
 *     16 bytes are the trace id
 * @param timeNanos nanoseconds since the Unix epoch, UTC, as the runtime says
 * @param name ATOF name: the agent, the tool, the provider, the mark
 * @param origin runtime, agent and session it came from
 * @param data payload: input of a start, output of an end, data of a mark; null unless content is
 *     captured or the source is an ATOF stream
 * @param metadata further facts as a JSON object, or null
 * @param dataSchema what {@code data} conforms to, or null
 * @param unknownFields members of an ATOF record this version does not know, as one JSON object, so
 *     that a record read and written again is equal; null when there are none
 */
public record EventHeader(
    UUID uuid,
    @Nullable UUID parentUuid,
    UUID traceRoot,
    long timeNanos,
    String name,
    Origin origin,
    @Nullable Json data,
    @Nullable Json metadata,
    @Nullable DataSchema dataSchema,
    @Nullable Json unknownFields) {

  public EventHeader {
    Objects.requireNonNull(uuid, "uuid");
    Objects.requireNonNull(traceRoot, "traceRoot");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(origin, "origin");
  }

  /** A header without payload, metadata, schema and unknown fields. */
  public EventHeader(
      UUID uuid,
      @Nullable UUID parentUuid,
      UUID traceRoot,
      long timeNanos,
      String name,
      Origin origin) {
    this(uuid, parentUuid, traceRoot, timeNanos, name, origin, null, null, null, null);
  }

  /** The header of something that begins a trace. */
  public static EventHeader root(UUID uuid, long timeNanos, String name, Origin origin) {
    return new EventHeader(uuid, null, uuid, timeNanos, name, origin);
  }

  /** The header of something right below this scope: in its trace, of its origin. */
  public EventHeader child(UUID childUuid, long childTimeNanos, String childName) {
    return new EventHeader(childUuid, uuid, traceRoot, childTimeNanos, childName, origin);
  }

  /** The same identity, place and origin at another time and with another payload. */
  public EventHeader at(long newTimeNanos, @Nullable Json newData) {
    return new EventHeader(
        uuid,
        parentUuid,
        traceRoot,
        newTimeNanos,
        name,
        origin,
        newData,
        metadata,
        dataSchema,
        unknownFields);
  }

  /** The same header with another payload. */
  public EventHeader withData(@Nullable Json newData) {
    return at(timeNanos, newData);
  }

  /** The same header with other metadata. */
  public EventHeader withMetadata(@Nullable Json newMetadata) {
    return new EventHeader(
        uuid,
        parentUuid,
        traceRoot,
        timeNanos,
        name,
        origin,
        data,
        newMetadata,
        dataSchema,
        unknownFields);
  }
}
