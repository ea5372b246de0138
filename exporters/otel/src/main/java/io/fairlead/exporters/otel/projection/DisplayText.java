package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A payload as a line or two for people, the way NeMo Relay's OpenInference spans show it: the text
 * of messages, the names of tools that were asked for, never a tool's result or a model's thoughts.
 * Null when there is no text in it.
 */
final class DisplayText {

  private static final List<String> TEXT_KEYS =
      List.of("content", "summary", "message", "text", "prompt");
  private static final Set<String> NOT_SHOWN =
      Set.of("thinking", "reasoning", "toolResult", "tool_result");
  private static final String TOOLS = "Requested tools: ";

  private DisplayText() {}

  /** The request of a model call: its messages, else whatever text it holds. */
  static @Nullable String request(@Nullable Object input) {
    Object content =
        input instanceof Map<?, ?> members && members.containsKey("content")
            ? members.get("content")
            : input;
    String messages = content instanceof Map<?, ?> body ? messages(body.get("messages")) : null;
    return messages != null ? messages : of(content);
  }

  static @Nullable String of(@Nullable Object value) {
    if (value instanceof String text) {
      return ofString(text);
    }
    if (value instanceof List<?> list) {
      return blocks(list);
    }
    return value instanceof Map<?, ?> members ? members(members) : null;
  }

  /** A text, or what is in it when it is itself a JSON value with text. */
  static @Nullable String ofString(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty()) {
      return null;
    }
    Object inner = JsonTree.sortedOrText(stripped);
    String shown = stripped.equals(inner) ? null : of(inner);
    return shown == null ? stripped : shown;
  }

  private static @Nullable String members(Map<?, ?> members) {
    for (String key : TEXT_KEYS) {
      String shown = of(members.get(key));
      if (shown != null) {
        return shown;
      }
    }
    String shown = responsesOutput(members.get("output"));
    if (shown == null) {
      shown = choices(members.get("choices"));
    }
    return shown == null ? tools(members.get("tool_calls")) : shown;
  }

  private static @Nullable String messages(@Nullable Object value) {
    return value instanceof List<?> list ? joined(list, DisplayText::message, "\n\n") : null;
  }

  private static @Nullable String message(@Nullable Object value) {
    Map<?, ?> message = value instanceof Map<?, ?> members ? members : Map.of();
    String role = message.get("role") instanceof String given ? given : "message";
    if (role.equals("tool")) {
      return "tool: Tool result omitted";
    }
    String shown = of(message.get("content"));
    if (shown == null) {
      shown = tools(message.get("tool_calls"));
    }
    return shown == null ? null : role + ": " + shown;
  }

  private static @Nullable String blocks(List<?> list) {
    List<String> entries = new ArrayList<>();
    for (Object item : list) {
      String text = block(item);
      if (text != null && !text.isBlank()) {
        entries.add(text);
      }
    }
    String tools = tools(list);
    if (tools != null) {
      entries.add(tools);
    }
    return orNull(String.join("\n", entries));
  }

  private static @Nullable String block(@Nullable Object item) {
    if (item instanceof String text) {
      return text;
    }
    if (!(item instanceof Map<?, ?> block)
        || Boolean.TRUE.equals(block.get("stripped"))
        || (block.get("type") instanceof String type && NOT_SHOWN.contains(type))) {
      return null;
    }
    return block.get("text") instanceof String text ? text : null;
  }

  private static @Nullable String choices(@Nullable Object value) {
    for (Object choice : value instanceof List<?> list ? list : List.of()) {
      if (choice instanceof Map<?, ?> given && given.get("message") instanceof Map<?, ?> message) {
        String content = of(message.get("content"));
        String tools = tools(message.get("tool_calls"));
        if (content != null && tools != null) {
          return content + "\n" + tools;
        }
        if (content != null || tools != null) {
          return content != null ? content : tools;
        }
      }
    }
    return null;
  }

  private static @Nullable String responsesOutput(@Nullable Object value) {
    if (!(value instanceof List<?> items)) {
      return null;
    }
    List<String> entries = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Object item : items) {
      Map<?, ?> members = item instanceof Map<?, ?> given ? given : Map.of();
      if ("message".equals(members.get("type"))
          && members.get("content") instanceof List<?> parts) {
        String text = joined(parts, DisplayText::outputText, "\n\n");
        if (text != null) {
          entries.add(text);
        }
      } else if ("function_call".equals(members.get("type"))
          && members.get("name") instanceof String name) {
        names.add(name);
      }
    }
    if (!names.isEmpty()) {
      entries.add(TOOLS + String.join(", ", names));
    }
    return orNull(String.join("\n", entries));
  }

  private static @Nullable String outputText(@Nullable Object part) {
    return part instanceof Map<?, ?> members
            && members.get("type") instanceof String type
            && Set.of("output_text", "text").contains(type)
            && members.get("text") instanceof String text
        ? text
        : null;
  }

  private static @Nullable String tools(@Nullable Object value) {
    if (!(value instanceof List<?> calls)) {
      return null;
    }
    String names = joined(calls, DisplayText::toolName, ", ");
    return names == null ? null : TOOLS + names;
  }

  private static @Nullable String toolName(@Nullable Object call) {
    if (!(call instanceof Map<?, ?> members)) {
      return null;
    }
    for (String key : List.of("name", "toolName")) {
      if (members.get(key) instanceof String name) {
        return name;
      }
    }
    return members.get("function") instanceof Map<?, ?> function
            && function.get("name") instanceof String name
        ? name
        : null;
  }

  private static @Nullable String joined(
      List<?> items, Function<@Nullable Object, @Nullable String> shown, String separator) {
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      String text = shown.apply(item);
      if (text != null) {
        texts.add(text);
      }
    }
    return orNull(String.join(separator, texts));
  }

  private static @Nullable String orNull(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? null : stripped;
  }
}
