package io.fairlead.atof;

import static io.fairlead.atof.FactsJson.lower;

import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.UsageReported;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Events as self-contained JSON records, for the journal: {@code decode(encode(event))} equals the
 * event. An end carries its start, so that no record needs another one. Equal events give equal
 * bytes. Payload and metadata are kept as strings of JSON text, character by character, so that a
 * payload that is not valid JSON harms no record.
 *
 * <p>This is not ATOF; see {@link AtofWriter} for files that others read. Stateless; safe to use
 * from any thread.
 */
public final class EventCodec {

  private static final long VERSION = 1;

  /** Makes a codec. */
  public EventCodec() {}

  /** The record of an event: one JSON object in UTF-8, without line breaks. */
  public byte[] encode(Event event) {
    JsonText out = JsonText.object().member("v", VERSION);
    if (event instanceof ScopeStart start) {
      out.member("event", "start");
      header(out, start.header());
      start(out, start);
    } else if (event instanceof ScopeEnd end) {
      out.member("event", "end");
      header(out, end.header());
      end(out, end);
    } else if (event instanceof Mark mark) {
      out.member("event", "mark");
      header(out, mark.header());
      mark(out, mark);
    } else if (event instanceof UsageReported usage) {
      out.member("event", "usage");
      header(out, usage.header());
      UsageJson.write(out, usage);
    }
    return out.close().toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The event of a record.
   *
   * @throws IllegalArgumentException when the bytes are no record of this version; the message says
   *     why and quotes nothing
   */
  public Event decode(byte[] bytes) {
    try {
      JsonObject in = JsonScan.object(bytes);
      if (in.integer("v", 0) != VERSION) {
        throw new MalformedJsonException("unknown version");
      }
      return event(in);
    } catch (MalformedJsonException | IllegalArgumentException e) {
      throw new IllegalArgumentException("not an event record: " + e.getMessage(), e);
    }
  }

  private static Event event(JsonObject in) {
    EventHeader header = header(in, Identity.of(in));
    return switch (in.string("event")) {
      case "start" -> start(in, header);
      case "end" -> end(in, header);
      case "mark" -> mark(in, header);
      case "usage" -> UsageJson.read(in, header);
      default -> throw new MalformedJsonException("unknown kind of event");
    };
  }

  private static void header(JsonText out, EventHeader header) {
    out.member("uuid", header.uuid());
    identity(out, header);
    payload(out, header);
  }

  private static void identity(JsonText out, EventHeader header) {
    out.member("parent", header.parentUuid())
        .member("root", header.traceRoot())
        .member("name", header.name());
    FactsJson.origin(out, header.origin());
  }

  private static void payload(JsonText out, EventHeader header) {
    out.member("time", header.timeNanos());
    json(out, "data", header.data());
    json(out, "metadata", header.metadata());
    DataSchema schema = header.dataSchema();
    if (schema != null) {
      out.open("data_schema")
          .member("name", schema.name())
          .member("version", schema.version())
          .close();
    }
    json(out, "unknown", header.unknownFields());
  }

  private static EventHeader header(JsonObject in, Identity identity) {
    JsonObject schema = in.objectOrNull("data_schema");
    return new EventHeader(
        identity.uuid,
        identity.parent,
        identity.root,
        in.integer("time"),
        identity.name,
        FactsJson.origin(identity.origin),
        json(in, "data"),
        json(in, "metadata"),
        schema == null ? null : new DataSchema(schema.string("name"), schema.string("version")),
        json(in, "unknown"));
  }

  private static void start(JsonText out, ScopeStart start) {
    out.member("category", lower(start.category()));
    if (!start.attributes().isEmpty()) {
      out.member("attributes", start.attributes());
    }
    FactsJson.profile(out, start.profile());
    FactsJson.links(out, start.links());
  }

  private static ScopeStart start(JsonObject in, EventHeader header) {
    return new ScopeStart(
        header,
        in.constant("category", ScopeCategory.class, null),
        in.strings("attributes"),
        FactsJson.profile(in),
        FactsJson.links(in));
  }

  private static void end(JsonText out, ScopeEnd end) {
    FactsJson.profile(out, end.profile());
    FactsJson.outcome(out, end.outcome());
    out.member("time_quality", lower(end.timeQuality())).member("incomplete", end.incomplete());
    EventHeader start = end.start().header();
    out.open("start");
    if (!Identity.same(start, end.header())) {
      out.open("identity").member("uuid", start.uuid());
      identity(out, start);
      out.close();
    }
    payload(out, start);
    start(out, end.start());
    out.close();
  }

  private static ScopeEnd end(JsonObject in, EventHeader header) {
    JsonObject start = in.object("start");
    JsonObject own = start.objectOrNull("identity");
    return new ScopeEnd(
        header,
        start(start, header(start, Identity.of(own == null ? in : own))),
        FactsJson.profile(in),
        FactsJson.outcome(in.object("outcome")),
        in.constant("time_quality", TimeQuality.class, null),
        in.bool("incomplete"));
  }

  private static void mark(JsonText out, Mark mark) {
    if (mark.category() != null) {
      out.member("category", lower(mark.category()));
    }
    FactsJson.profile(out, mark.profile());
  }

  private static Mark mark(JsonObject in, EventHeader header) {
    ScopeCategory category =
        in.stringOrNull("category") == null
            ? null
            : in.constant("category", ScopeCategory.class, null);
    return new Mark(header, category, FactsJson.profile(in));
  }

  private static void json(JsonText out, String name, @Nullable Json value) {
    out.member(name, value == null ? null : value.text());
  }

  private static @Nullable Json json(JsonObject in, String name) {
    String text = in.stringOrNull(name);
    return text == null ? null : new Json(text);
  }

  /** The part of a header that start and end of a scope share; written once for both. */
  private record Identity(
      UUID uuid, @Nullable UUID parent, UUID root, String name, JsonObject origin) {

    static Identity of(JsonObject in) {
      return new Identity(
          in.uuid("uuid"),
          in.uuidOrNull("parent"),
          in.uuid("root"),
          in.string("name"),
          in.object("origin"));
    }

    static boolean same(EventHeader a, EventHeader b) {
      return Objects.equals(a.parentUuid(), b.parentUuid())
          && a.traceRoot().equals(b.traceRoot())
          && a.name().equals(b.name())
          && a.origin().equals(b.origin());
    }
  }
}
