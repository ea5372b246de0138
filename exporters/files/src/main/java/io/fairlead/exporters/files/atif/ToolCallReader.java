package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tool calls in the spellings providers and frameworks have for them. */
final class ToolCallReader {

  private static final List<String> IDS = List.of("id", "tool_call_id", "call_id");
  private static final List<String> NAMES =
      List.of("name", "toolName", "tool_name", "function_name");
  private static final List<String> ARGUMENTS = List.of("arguments", "args", "input");
  private static final String FUNCTION = "function";

  private static final Set<String> READ =
      Set.of(
          "id",
          "tool_call_id",
          "call_id",
          "type",
          FUNCTION,
          "name",
          "tool_name",
          "function_name",
          "arguments",
          "args",
          "input");
  private static final Set<String> READ_OF_FUNCTION = Set.of("name", "arguments");

  private ToolCallReader() {}

  /** The calls, or null when there are none or one of them is no object. */
  static @Nullable List<ToolCall> read(List<@Nullable Object> items) {
    List<ToolCall> calls = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (!(items.get(i) instanceof Members item)) {
        return null;
      }
      ToolCall call = call(item, i + 1);
      if (call != null) {
        calls.add(call);
      }
    }
    return calls.isEmpty() ? null : calls;
  }

  private static @Nullable ToolCall call(Members item, int place) {
    Members function = item.get(FUNCTION) instanceof Members members ? members : new Members();
    // The id of a function_call is the item's own; results refer to its call_id.
    boolean hasCallId = "function_call".equals(item.get("type")) && item.get("call_id") != null;
    String id = text(hasCallId ? item.get("call_id") : first(item, IDS));
    Object named = function.containsKey("name") ? function.get("name") : first(item, NAMES);
    String name = text(named);
    if (id.isEmpty() && name.isEmpty()) {
      return null;
    }
    Object given =
        function.containsKey("arguments") ? function.get("arguments") : first(item, ARGUMENTS);
    return new ToolCall(
        id.isEmpty() ? name + ":" + place : id, name, arguments(given), extra(item, function));
  }

  private static @Nullable Object first(Members item, List<String> names) {
    for (String name : names) {
      if (item.containsKey(name)) {
        return item.get(name);
      }
    }
    return null;
  }

  private static String text(@Nullable Object value) {
    return value instanceof String text ? text : "";
  }

  /** Arguments as an object; anything else stands under {@code value}, bad JSON under raw. */
  static Members arguments(@Nullable Object given) {
    if (given instanceof Members members) {
      return members;
    }
    if (given == null) {
      return new Members();
    }
    if (!(given instanceof String text)) {
      return new Members().with("value", given);
    }
    try {
      Object parsed = JsonTree.sorted(text);
      if (parsed instanceof Members members) {
        return members;
      }
      Members value = new Members();
      value.put("value", parsed);
      return value;
    } catch (IllegalArgumentException e) {
      return new Members().with("raw", text);
    }
  }

  private static @Nullable Members extra(Members item, Members function) {
    Members extra = rest(item, READ);
    Members ofFunction = rest(function, READ_OF_FUNCTION);
    if (!ofFunction.isEmpty()) {
      extra.put(FUNCTION, ofFunction);
    }
    return extra.isEmpty() ? null : extra;
  }

  private static Members rest(Members members, Set<String> known) {
    Members rest = new Members();
    for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
      if (!known.contains(member.getKey())) {
        rest.put(member.getKey(), member.getValue());
      }
    }
    return rest;
  }
}
