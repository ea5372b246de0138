package io.fairlead.atof;

import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeLink;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes the event of one record, with what the records before it said. */
final class RecordReader {

  private final Map<String, JsonScan.Slice> record;
  private final ScopeMemory memory;
  private final String instance;
  private final TypedFacts.Read metadata;
  private final @Nullable JsonObject facts;

  private RecordReader(Map<String, JsonScan.Slice> record, ScopeMemory memory, String instance) {
    this.record = record;
    this.memory = memory;
    this.instance = instance;
    this.metadata = TypedFacts.from(record.get("metadata"));
    this.facts = metadata.facts();
  }

  static Event read(byte[] line, ScopeMemory memory, String instance) {
    return new RecordReader(JsonScan.members(line), memory, instance).event();
  }

  private Event event() {
    String kind = text("kind");
    if ("mark".equals(kind)) {
      return mark();
    }
    if (!"scope".equals(kind)) {
      throw new MalformedJsonException("'kind' is neither scope nor mark");
    }
    return switch (text("scope_category")) {
      case "start" -> start();
      case "end" -> end();
      default -> throw new MalformedJsonException("'scope_category' is neither start nor end");
    };
  }

  private Event mark() {
    EventHeader header = header();
    String word = textOrNull("category");
    ScopeCategory category = word == null ? null : ScopeCategory.ofWireName(word);
    JsonObject report = facts == null ? null : facts.objectOrNull("usage_reported");
    if (report != null) {
      String name = report.stringOrNull("name");
      SortedMap<String, String> ours = PlainRecord.mark(header, null, null);
      EventHeader named = named(header, name == null ? PlainRecord.USAGE : name);
      return UsageJson.read(report, withUnknown(named, ours));
    }
    Profile profile = profile(category, header.name(), false);
    return new Mark(
        withUnknown(header, PlainRecord.mark(header, category, profile)), category, profile);
  }

  private ScopeStart start() {
    EventHeader header = header();
    ScopeStart start = start(header, List.of());
    SortedMap<String, String> ours = PlainRecord.scope(header, "start", start, start.profile());
    start =
        start(
            withUnknown(header, ours),
            facts == null ? List.of() : List.copyOf(FactsJson.links(facts)));
    memory.started(start);
    return start;
  }

  private ScopeStart start(EventHeader header, List<ScopeLink> links) {
    ScopeCategory category = category();
    return new ScopeStart(
        header, category, attributes(), profile(category, header.name(), false), links);
  }

  private ScopeEnd end() {
    EventHeader header = header();
    ScopeStart known = memory.end(header.uuid());
    ScopeStart start = known != null ? known : missingStart(header);
    Profile profile = profile(category(), header.name(), true);
    EventHeader complete = withUnknown(header, PlainRecord.scope(header, "end", start, profile));
    if (known == null) {
      memory.remember(header);
    }
    if (facts == null || facts.objectOrNull("outcome") == null) {
      return new ScopeEnd(
          complete,
          start,
          profile,
          PlainFacts.outcome(plainMetadata()),
          known == null ? TimeQuality.APPROXIMATE : TimeQuality.EXACT,
          false);
    }
    return new ScopeEnd(
        complete,
        start,
        profile,
        FactsJson.outcome(facts.object("outcome")),
        facts.constant("time_quality", TimeQuality.class, null),
        facts.bool("incomplete"));
  }

  /** Stands for a start before the beginning of the file: its time if the end knows it. */
  private ScopeStart missingStart(EventHeader end) {
    long time = facts == null ? end.timeNanos() : facts.integer("start_time", end.timeNanos());
    EventHeader header =
        new EventHeader(
            end.uuid(), end.parentUuid(), end.traceRoot(), time, end.name(), end.origin());
    return new ScopeStart(header, category(), attributes(), null, List.of());
  }

  private EventHeader header() {
    UUID uuid = Uuids.parse(text("uuid"));
    String parentText = textOrNull("parent_uuid");
    UUID parent = parentText == null ? null : Uuids.parse(parentText);
    ScopeMemory.Place own = memory.place(uuid);
    ScopeMemory.Place place = own != null ? own : memory.place(parent);
    return new EventHeader(
        uuid,
        parent,
        traceRoot(uuid, parent, place),
        AtofTime.parse(required("timestamp")),
        text("name"),
        origin(place),
        json("data"),
        metadata.metadata(),
        dataSchema(),
        null);
  }

  /**
   * Our own record says the root as it is. Another program's names the root it propagates: an agent
   * in the middle of a trace, or an implicit scope above everything that was never emitted. Its own
   * spans follow the parent, so the parent decides when it was seen.
   */
  private UUID traceRoot(UUID uuid, @Nullable UUID parent, ScopeMemory.@Nullable Place place) {
    String text = textOrNull("propagation_root_uuid");
    UUID stated = text == null ? null : Uuids.parse(text);
    if (stated != null && isOurs()) {
      return stated;
    }
    if (place != null) {
      return place.traceRoot();
    }
    if (stated == null) {
      return uuid;
    }
    boolean top = parent == null || parent.equals(stated);
    return top && memory.place(stated) == null ? uuid : stated;
  }

  private boolean isOurs() {
    return facts != null && !facts.bool("foreign");
  }

  /** The typed origin, else what the metadata says, else that of the scope around it. */
  private Origin origin(ScopeMemory.@Nullable Place place) {
    JsonObject typed = facts == null ? null : facts.objectOrNull("origin");
    if (typed != null) {
      return FactsJson.origin(typed);
    }
    JsonObject plain = plainMetadata();
    String session = PlainFacts.text(plain, "session_id");
    String runtime = PlainFacts.text(plain, "agent_kind");
    Origin outer = place == null ? null : place.origin();
    if (outer != null && (session == null || session.equals(outer.sessionId()))) {
      return outer;
    }
    if (runtime == null || runtime.isEmpty()) {
      runtime = outer == null ? "atof" : outer.runtime();
    }
    return new Origin(runtime, instance, null, session, null, null, Origin.UNKNOWN_TIME);
  }

  private @Nullable Profile profile(@Nullable ScopeCategory category, String name, boolean ended) {
    if (facts != null) {
      return FactsJson.profile(facts);
    }
    return PlainFacts.profile(
        category, name, ended, PlainFacts.object(rawOrNull("category_profile")), plainMetadata());
  }

  private JsonObject plainMetadata() {
    return PlainFacts.object(PlainRecord.onOneLine(metadata.metadata()));
  }

  private EventHeader withUnknown(EventHeader header, SortedMap<String, String> ours) {
    boolean foreign = facts == null || facts.bool("foreign");
    Json unknown = AsWritten.compare(record, ours, foreign).toUnknownFields();
    return copy(header, header.name(), unknown);
  }

  private static EventHeader named(EventHeader header, String name) {
    return copy(header, name, header.unknownFields());
  }

  private static EventHeader copy(EventHeader header, String name, @Nullable Json unknown) {
    return new EventHeader(
        header.uuid(),
        header.parentUuid(),
        header.traceRoot(),
        header.timeNanos(),
        name,
        header.origin(),
        header.data(),
        header.metadata(),
        header.dataSchema(),
        unknown);
  }

  private ScopeCategory category() {
    return ScopeCategory.ofWireName(text("category"));
  }

  private List<String> attributes() {
    String raw = rawOrNull("attributes");
    return PlainRecord.NULL.equals(raw) ? List.of() : JsonScan.strings(raw);
  }

  private @Nullable DataSchema dataSchema() {
    JsonObject schema = PlainFacts.object(rawOrNull("data_schema"));
    String name = PlainFacts.text(schema, "name");
    String version = PlainFacts.text(schema, "version");
    return name == null || version == null ? null : new DataSchema(name, version);
  }

  private @Nullable Json json(String name) {
    JsonScan.Slice value = record.get(name);
    return value == null || value.isNull() ? null : new Json(value.raw());
  }

  /** The text of a value, {@code null} when the record does not have it. */
  private String rawOrNull(String name) {
    JsonScan.Slice value = record.get(name);
    return value == null ? PlainRecord.NULL : value.raw();
  }

  private String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw new MalformedJsonException("'" + name + "' is missing");
    }
    return text;
  }

  private @Nullable String textOrNull(String name) {
    JsonScan.Slice value = record.get(name);
    if (value == null || value.isNull()) {
      return null;
    }
    String text = value.string();
    if (text == null) {
      throw new MalformedJsonException("'" + name + "' is no string");
    }
    return text;
  }

  private JsonScan.Slice required(String name) {
    JsonScan.Slice value = record.get(name);
    if (value == null) {
      throw new MalformedJsonException("'" + name + "' is missing");
    }
    return value;
  }
}
