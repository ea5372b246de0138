package io.fairlead.atof;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.UsageReported;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code metadata.fairlead}: what an event says beyond a plain ATOF record. Written as the last
 * member of the metadata object and taken out again when read, so that the metadata stays as it
 * was.
 */
final class TypedFacts {

  private static final String MEMBER = "fairlead";
  private static final long VERSION = 1;

  private TypedFacts() {}

  /** The metadata of an event with its typed facts added. */
  static String into(@Nullable Json metadata, Event event, boolean foreign) {
    String text = PlainRecord.onOneLine(metadata);
    boolean extendable = text.startsWith("{") && !isEmptyObject(text);
    JsonText facts = JsonText.object().member("v", VERSION);
    if (metadata != null && !extendable) {
      facts.member("metadata_text", text);
    }
    if (foreign) {
      facts.member("foreign", true);
    }
    write(facts, event);
    String member = "\"" + MEMBER + "\":" + facts.close();
    if (!extendable) {
      return "{" + member + "}";
    }
    int brace = text.lastIndexOf('}');
    return text.substring(0, brace) + "," + member + text.substring(brace);
  }

  private static boolean isEmptyObject(String text) {
    return text.substring(1).stripLeading().startsWith("}");
  }

  private static void write(JsonText out, Event event) {
    EventHeader header = event.header();
    FactsJson.origin(out, header.origin());
    if (event instanceof ScopeStart start) {
      FactsJson.profile(out, start.profile());
      FactsJson.links(out, start.links());
    } else if (event instanceof ScopeEnd end) {
      FactsJson.profile(out, end.profile());
      FactsJson.outcome(out, end.outcome());
      out.member("time_quality", FactsJson.lower(end.timeQuality()))
          .member("incomplete", end.incomplete())
          .member("start_time", end.start().header().timeNanos());
    } else if (event instanceof Mark mark) {
      FactsJson.profile(out, mark.profile());
    } else if (event instanceof UsageReported report) {
      out.open("usage_reported");
      if (!PlainRecord.USAGE.equals(header.name())) {
        out.member("name", header.name());
      }
      UsageJson.write(out, report);
      out.close();
    }
  }

  /** The metadata of a record, taken apart. */
  static Read from(JsonScan.@Nullable Slice metadata) {
    if (metadata == null || metadata.isNull()) {
      return new Read(null, null);
    }
    String text = metadata.raw();
    if (!metadata.isObject()) {
      return new Read(new Json(text), null);
    }
    byte[] bytes = metadata.bytes();
    Map<String, JsonScan.Slice> members = JsonScan.members(bytes);
    JsonScan.Slice ours = members.get(MEMBER);
    if (ours == null || !ours.isObject()) {
      return new Read(new Json(text), null);
    }
    JsonObject facts = JsonScan.object(ours.bytes());
    if (facts.integer("v", 0) != VERSION) {
      // Another version's facts, or something else of that name: it stays where it is.
      return new Read(new Json(text), null);
    }
    String original = facts.stringOrNull("metadata_text");
    if (original == null && members.size() > 1) {
      original = without(bytes, ours);
    }
    return new Read(original == null ? null : new Json(original), facts);
  }

  /** The object without one member and the comma that goes with it. */
  private static String without(byte[] object, JsonScan.Slice member) {
    int from = member.nameStart();
    int to = member.end();
    int comma = before(object, from);
    if (object[comma] == ',') {
      from = comma;
    } else {
      while (object[to++] != ',') {
        // White space up to the comma before the next member.
      }
    }
    return new String(object, 0, from, StandardCharsets.UTF_8)
        + new String(object, to, object.length - to, StandardCharsets.UTF_8);
  }

  /** Where the last byte before a place stands that is not white space. */
  private static int before(byte[] text, int place) {
    int i = place - 1;
    while (Character.isWhitespace(text[i])) {
      i--;
    }
    return i;
  }

  /**
   * What the metadata of a record held.
   *
   * @param metadata the metadata without our facts, or null
   * @param facts our facts, or null when the record is plain
   */
  record Read(@Nullable Json metadata, @Nullable JsonObject facts) {}
}
