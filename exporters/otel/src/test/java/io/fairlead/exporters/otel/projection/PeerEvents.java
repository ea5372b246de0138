package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.ToolProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a recorded ATOF stream, just well enough for the recordings beside the tests. */
final class PeerEvents {

  private final Map<UUID, ScopeStart> open = new HashMap<>();
  private final Map<UUID, UUID> roots = new HashMap<>();

  static List<Event> read(String resource) throws IOException {
    PeerEvents reader = new PeerEvents();
    List<Event> events = new ArrayList<>();
    for (String line : text(resource).lines().toList()) {
      events.add(reader.event((JsonTree.Members) Objects.requireNonNull(parse(line))));
    }
    return events;
  }

  static @Nullable Object parse(String json) {
    return JsonTree.parse(new Json(json));
  }

  static String text(String resource) throws IOException {
    try (InputStream in = PeerEvents.class.getResourceAsStream(resource)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Event event(JsonTree.Members line) {
    EventHeader header = header(line);
    if ("mark".equals(line.get("kind"))) {
      return new Mark(header);
    }
    ScopeCategory category = ScopeCategory.ofWireName(string(line, "category"));
    Profile profile = profile(line, category, header.name());
    if ("start".equals(line.get("scope_category"))) {
      ScopeStart start = new ScopeStart(header, category, profile);
      open.put(header.uuid(), start);
      return start;
    }
    ScopeStart start = Objects.requireNonNull(open.get(header.uuid()));
    return new ScopeEnd(
        header, start, profile, outcome(header.metadata()), TimeQuality.EXACT, false);
  }

  private EventHeader header(JsonTree.Members line) {
    UUID uuid = UUID.fromString(string(line, "uuid"));
    UUID parent = UUID.fromString(string(line, "parent_uuid"));
    UUID root = roots.getOrDefault(parent, roots.getOrDefault(uuid, uuid));
    roots.put(uuid, root);
    OffsetDateTime time = OffsetDateTime.parse(string(line, "timestamp"));
    return new EventHeader(
        uuid,
        parent,
        root,
        time.toEpochSecond() * 1_000_000_000L + time.getNano(),
        string(line, "name"),
        Origin.of("relay"),
        json(line.get("data")),
        json(line.get("metadata")),
        null,
        null);
  }

  private static @Nullable Profile profile(
      JsonTree.Members line, ScopeCategory category, String name) {
    Map<?, ?> given = line.get("category_profile") instanceof Map<?, ?> map ? map : Map.of();
    return switch (category) {
      case LLM -> LlmProfile.builder().requestModel((String) given.get("model_name")).build();
      case TOOL -> new ToolProfile(name, (String) given.get("tool_call_id"), null, true);
      default -> null;
    };
  }

  private static Outcome outcome(@Nullable Json metadata) {
    Map<String, @Nullable Object> members = JsonTree.object(metadata);
    String code = String.valueOf(members.get("otel.status_code"));
    String type = JsonTree.text(members, "error.type");
    return switch (code) {
      case "OK" -> Outcome.OK;
      case "ERROR" ->
          Outcome.error(
              type == null ? Outcome.OTHER : type,
              JsonTree.text(members, "otel.status_description"));
      default -> Outcome.UNSET;
    };
  }

  private static String string(JsonTree.Members line, String name) {
    return (String) Objects.requireNonNull(line.get(name), name);
  }

  private static @Nullable Json json(@Nullable Object value) {
    return value == null ? null : new Json(JsonTree.write(value));
  }
}
