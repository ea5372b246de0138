package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import io.fairlead.exporters.files.atif.TrajectoryEvent.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which tool scope ran which call a model asked for. A scope that does not say it is matched by
 * tool and arguments, in order, when as many calls as scopes are left over.
 */
final class ToolCorrelation {

  private record Key(String name, String arguments) {}

  private final Map<UUID, String> ids = new HashMap<>();
  private final Map<Key, List<UUID>> scopes = new LinkedHashMap<>();
  private final Map<Key, List<String>> calls = new HashMap<>();

  private ToolCorrelation() {}

  /** The call id of each tool scope that has one. */
  static Map<UUID, String> of(List<TrajectoryEvent> events) {
    ToolCorrelation correlation = new ToolCorrelation();
    events.forEach(correlation::statedId);
    Set<String> taken = new HashSet<>(correlation.ids.values());
    for (TrajectoryEvent event : events) {
      correlation.candidate(event, taken);
    }
    correlation.match();
    return correlation.ids;
  }

  private void statedId(TrajectoryEvent event) {
    String id = event.category().equals(TrajectoryEvent.TOOL) ? event.toolCallId() : null;
    if (id != null) {
      ids.put(event.uuid(), id);
    }
  }

  private void candidate(TrajectoryEvent event, Set<String> taken) {
    if (event.is(Phase.START, TrajectoryEvent.TOOL)
        && !ids.containsKey(event.uuid())
        && !event.name().isEmpty()) {
      Key key = key(event.name(), ToolCallReader.arguments(event.data()));
      scopes.computeIfAbsent(key, ignored -> new ArrayList<>()).add(event.uuid());
    } else if (event.is(Phase.END, TrajectoryEvent.LLM)) {
      List<ToolCall> asked = ResponseBody.toolCalls(event.data());
      for (ToolCall call : asked == null ? List.<ToolCall>of() : asked) {
        if (!call.function().isEmpty() && !taken.contains(call.id())) {
          Key key = key(call.function(), call.arguments());
          calls.computeIfAbsent(key, ignored -> new ArrayList<>()).add(call.id());
        }
      }
    }
  }

  private void match() {
    scopes.forEach(
        (key, uuids) -> {
          List<String> asked = calls.getOrDefault(key, List.of());
          for (int i = 0; asked.size() == uuids.size() && i < uuids.size(); i++) {
            ids.put(uuids.get(i), asked.get(i));
          }
        });
  }

  private static Key key(String name, Object arguments) {
    return new Key(name, JsonTree.write(alike(arguments)));
  }

  /** Numbers with a fraction in one spelling: a tool is started with them as its runtime reads. */
  private static @Nullable Object alike(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Members alike = new Members();
      members.forEach((name, member) -> alike.put(String.valueOf(name), alike(member)));
      return alike;
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> alike = new ArrayList<>();
      elements.forEach(element -> alike.add(alike(element)));
      return alike;
    }
    return value instanceof NumberText number && !number.integral()
        ? new NumberText(Double.toString(number.asDouble()), false)
        : value;
  }
}
