package io.fairlead.atof;

import io.fairlead.spi.event.CustomProfile;
import io.fairlead.spi.event.DataSchema;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The members of an ATOF record as the peer writes them: name to JSON text, sorted, absent values
 * as {@code null}. What only our typed facts say is not in it.
 */
final class PlainRecord {

  static final String NULL = "null";

  /** Name of the mark that stands for a {@link UsageReported}. */
  static final String USAGE = "usage";

  private PlainRecord() {}

  static SortedMap<String, String> of(Event event) {
    if (event instanceof ScopeStart start) {
      return scope(start.header(), "start", start, start.profile());
    }
    if (event instanceof ScopeEnd end) {
      return scope(end.header(), "end", end.start(), end.profile());
    }
    if (event instanceof Mark mark) {
      return mark(mark.header(), mark.category(), mark.profile());
    }
    SortedMap<String, String> usage = mark(event.header(), null, null);
    usage.put("name", JsonText.quoted(USAGE));
    return usage;
  }

  /** A scope's record; category and flags are the start's. */
  static SortedMap<String, String> scope(
      EventHeader header, String half, ScopeStart start, @Nullable Profile profile) {
    SortedMap<String, String> members = common(header, "scope");
    members.put("scope_category", JsonText.quoted(half));
    members.put("category", JsonText.quoted(start.category().wireName()));
    members.put("category_profile", categoryProfile(profile));
    members.put("attributes", strings(start.attributes()));
    return members;
  }

  static SortedMap<String, String> mark(
      EventHeader header, @Nullable ScopeCategory category, @Nullable Profile profile) {
    SortedMap<String, String> members = common(header, "mark");
    members.put("category", category == null ? NULL : JsonText.quoted(category.wireName()));
    members.put("category_profile", categoryProfile(profile));
    return members;
  }

  private static SortedMap<String, String> common(EventHeader header, String kind) {
    SortedMap<String, String> members = new TreeMap<>();
    members.put("atof_version", "\"0.1\"");
    members.put("kind", JsonText.quoted(kind));
    members.put("uuid", quoted(header.uuid()));
    members.put("parent_uuid", quoted(header.parentUuid()));
    members.put("propagation_root_uuid", quoted(header.traceRoot()));
    members.put("timestamp", JsonText.quoted(AtofTime.format(header.timeNanos())));
    members.put("name", JsonText.quoted(header.name()));
    members.put("data", onOneLine(header.data()));
    members.put("data_schema", dataSchema(header.dataSchema()));
    members.put("metadata", onOneLine(header.metadata()));
    return members;
  }

  /** Line breaks in JSON text can only stand between tokens, where a space says the same. */
  static String onOneLine(@Nullable Json json) {
    return json == null ? NULL : json.text().replace('\n', ' ').replace('\r', ' ');
  }

  private static String quoted(@Nullable Object value) {
    return value == null ? NULL : JsonText.quoted(value.toString());
  }

  private static String dataSchema(@Nullable DataSchema schema) {
    return schema == null
        ? NULL
        : JsonText.object()
            .member("name", schema.name())
            .member("version", schema.version())
            .close()
            .toString();
  }

  private static String categoryProfile(@Nullable Profile profile) {
    if (profile instanceof LlmProfile llm) {
      String model = llm.requestModel() != null ? llm.requestModel() : llm.responseModel();
      return JsonText.object().member("model_name", model).close().toString();
    }
    if (profile instanceof ToolProfile tool) {
      return JsonText.object().member("tool_call_id", tool.callId()).close().toString();
    }
    if (profile instanceof CustomProfile custom) {
      return JsonText.object().member("subtype", custom.subtype()).close().toString();
    }
    return NULL;
  }

  private static String strings(List<String> values) {
    StringBuilder out = new StringBuilder("[");
    for (String value : values) {
      if (out.length() > 1) {
        out.append(',');
      }
      Json.appendQuoted(out, value);
    }
    return out.append(']').toString();
  }

  /** One line of JSON of these members. */
  static String line(SortedMap<String, String> members) {
    JsonText out = JsonText.object();
    members.forEach(out::raw);
    return out.close().toString();
  }
}
