package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Records in a form in which Relay's and ours are equal when they say the same. */
final class RelayRecords {

  /** Metadata that differs on purpose: see docs/relay-corrections.md, hooks. */
  private static final Set<String> NOT_COMPARED =
      Set.of("plugin_config", "otel.status_code", "error.type", "hermes_parent_turn_id");

  private static final Set<String> NOT_SAID =
      Set.of("timestamp", "data_schema", "atof_version", "propagation_root_uuid");

  private static final Set<String> REASONS =
      Set.of("closed_by_turn_end", "closed_by_agent_end", "superseded_by_next_turn");

  private static final Pattern MADE_UP_ID =
      Pattern.compile("(tool-)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  private RelayRecords() {}

  /** UUIDs and made-up ids by order of appearance, no times. */
  static List<String> normal(List<Map<String, @Nullable Object>> records) {
    Map<String, String> names = new HashMap<>();
    List<String> lines = new ArrayList<>();
    List<String> closing = new ArrayList<>();
    Object closed = null;
    for (Map<String, @Nullable Object> record : records) {
      Object group = closedTogether(record);
      if (group == null || !group.equals(closed)) {
        closing.sort(null);
        lines.addAll(closing);
        closing.clear();
      }
      closed = group;
      closing.add(renamed(line(record), names));
    }
    closing.sort(null);
    lines.addAll(closing);
    return lines;
  }

  /** Relay closes calls of one kind that end with their turn in no particular order. */
  private static @Nullable Object closedTogether(Map<String, @Nullable Object> record) {
    String status = new Payload(record).text("data.status");
    boolean call = Set.of("tool", "llm").contains(String.valueOf(record.get("category")));
    boolean end = "end".equals(record.get("scope_category"));
    return call && end && status != null && REASONS.contains(status)
        ? record.get("category") + status
        : null;
  }

  private static String line(Map<String, @Nullable Object> record) {
    Map<String, @Nullable Object> one = new TreeMap<>(record);
    one.keySet().removeAll(NOT_SAID);
    Map<String, @Nullable Object> metadata = Tree.object(record.get("metadata"));
    metadata.keySet().removeAll(NOT_COMPARED);
    metadata.values().removeIf(Objects::isNull);
    one.put("metadata", metadata);
    return JsonTree.write(sorted(one));
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> sorted = new TreeMap<>();
      map.forEach((name, member) -> sorted.put(String.valueOf(name), sorted(member)));
      return sorted;
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> sorted = new ArrayList<>();
      list.forEach(element -> sorted.add(sorted(element)));
      return sorted;
    }
    return value;
  }

  private static String renamed(String line, Map<String, String> names) {
    return MADE_UP_ID
        .matcher(line)
        .replaceAll(id -> names.computeIfAbsent(id.group(), key -> "#" + names.size()));
  }
}
