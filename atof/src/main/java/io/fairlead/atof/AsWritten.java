package io.fairlead.atof;

import io.fairlead.spi.event.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a record of another program differs from what we would write for the same event, kept under
 * one reserved name among the event's unknown fields, so that reading and writing it again gives an
 * equal record: members it lacks, and members it says in other words. Its presence also tells that
 * the record came from another program. Payload and metadata are never kept here: a redacted event
 * must not be written as it was.
 *
 * @param absent members we would write and the record does not have
 * @param members members whose text differs from ours
 * @param unknown members of no meaning to this version
 * @param foreign whether the record came from another program
 */
record AsWritten(
    List<String> absent,
    Map<String, String> members,
    SortedMap<String, String> unknown,
    boolean foreign) {

  private static final String RESERVED = "fairlead.atof";
  private static final Set<String> TYPED_ONLY = Set.of("data", "metadata");
  private static final Set<String> DERIVED =
      Set.of("atof_version", "attributes", "propagation_root_uuid");
  private static final Set<String> SILENT_PROFILES = Set.of("{}", PlainRecord.NULL);
  private static final Set<String> CALLS = Set.of("\"llm\"", "\"embedder\"");
  private static final AsWritten OURS = new AsWritten(List.of(), Map.of(), new TreeMap<>(), false);

  /** Compares a record with what we would write. */
  static AsWritten compare(
      Map<String, JsonScan.Slice> record, SortedMap<String, String> ours, boolean foreign) {
    Map<String, String> members = new TreeMap<>();
    SortedMap<String, String> unknown = new TreeMap<>();
    record.forEach(
        (name, value) -> {
          String own = ours.get(name);
          if (own == null) {
            unknown.put(name, value.raw());
          } else if (!TYPED_ONLY.contains(name)
              && (!own.equals(value.raw()) || isSilentProfile(record, name, own))) {
            members.put(name, value.raw());
          }
        });
    List<String> absent = new ArrayList<>();
    for (String name : ours.keySet()) {
      if (!record.containsKey(name)) {
        absent.add(name);
      }
    }
    return new AsWritten(absent, foreign ? members : Map.of(), unknown, foreign);
  }

  /** Whether a call's profile names no model, so that a body may: the record must stay as it is. */
  private static boolean isSilentProfile(
      Map<String, JsonScan.Slice> record, String name, String own) {
    JsonScan.Slice category = record.get("category");
    return name.equals("category_profile")
        && SILENT_PROFILES.contains(own)
        && category != null
        && CALLS.contains(category.raw());
  }

  /** As the unknown fields of an event. */
  @Nullable Json toUnknownFields() {
    if (unknown.isEmpty() && !foreign) {
      return null;
    }
    SortedMap<String, String> all = new TreeMap<>(unknown);
    if (foreign) {
      JsonText own = JsonText.object();
      if (!absent.isEmpty()) {
        own.member("absent", absent);
      }
      if (!members.isEmpty()) {
        own.open("members");
        members.forEach(own::raw);
        own.close();
      }
      all.put(RESERVED, own.close().toString());
    }
    return new Json(PlainRecord.line(all));
  }

  /** From the unknown fields of an event. Text that is no JSON object says nothing. */
  static AsWritten of(@Nullable Json unknownFields) {
    if (unknownFields == null) {
      return OURS;
    }
    try {
      SortedMap<String, String> unknown = raw(PlainRecord.onOneLine(unknownFields));
      String own = unknown.remove(RESERVED);
      if (own == null) {
        return new AsWritten(List.of(), Map.of(), unknown, false);
      }
      JsonObject parsed = PlainFacts.object(own);
      String members = raw(own).get("members");
      return new AsWritten(
          parsed.strings("absent"), members == null ? Map.of() : raw(members), unknown, true);
    } catch (MalformedJsonException e) {
      return OURS;
    }
  }

  /** Makes our record the one that was read. */
  void restore(SortedMap<String, String> ours) {
    for (String name : absent) {
      // A value somebody has given since is written although the record had none.
      if (PlainRecord.NULL.equals(ours.get(name)) || DERIVED.contains(name)) {
        ours.remove(name);
      }
    }
    members.forEach(
        (name, value) -> {
          if (!TYPED_ONLY.contains(name)) {
            ours.replace(name, value);
          }
        });
    unknown.forEach(ours::putIfAbsent);
  }

  private static SortedMap<String, String> raw(String object) {
    Map<String, String> members = new LinkedHashMap<>();
    JsonScan.members(object.getBytes(StandardCharsets.UTF_8))
        .forEach((name, value) -> members.put(name, value.raw()));
    return new TreeMap<>(members);
  }
}
