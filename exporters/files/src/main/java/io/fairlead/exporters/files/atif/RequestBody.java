package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a trajectory shows of the body of a model request, whatever the provider. */
final class RequestBody {

  private static final Set<String> MODEL_BEARING =
      Set.of("input", "instructions", "system", "messages", "contents");
  private static final Set<String> SILENT_ROLES = Set.of("system", "developer");
  private static final Set<String> USER_PARTS =
      Set.of(
          "text",
          "input_text",
          "image_url",
          "image",
          "input_image",
          "audio",
          "input_audio",
          "file",
          "document");
  private static final Set<String> TOOL_PARTS = Set.of("tool_result", "tool_use");

  private RequestBody() {}

  /** The body in the payload of a start: ATOF wraps it together with the request's headers. */
  static @Nullable Object of(@Nullable Object data) {
    if (data instanceof Members wrapped
        && wrapped.containsKey("content")
        && wrapped.containsKey("headers")) {
      return wrapped.get("content");
    }
    return data;
  }

  /** The model it asks for, or null. */
  static @Nullable String model(@Nullable Object data) {
    Object body = of(data);
    boolean known =
        body == data
            || body instanceof Members members
                && members.keySet().stream().anyMatch(MODEL_BEARING::contains);
    return known ? JsonTree.text(body, "model") : null;
  }

  /** How much the model is to think, or null. */
  static @Nullable Object reasoningEffort(@Nullable Object data) {
    return JsonTree.at(of(data), "reasoning_effort");
  }

  /** Whether it goes on with a turn: what it adds last is no word of the user's. */
  static boolean continuesTurn(@Nullable Object body) {
    Boolean fresh = null;
    List<@Nullable Object> messages = JsonTree.list(body, "messages");
    if (messages != null) {
      fresh = last(messages, RequestBody::isFreshMessage);
    }
    if (fresh == null) {
      List<@Nullable Object> items = JsonTree.list(body, "input");
      fresh = items == null ? null : last(items, RequestBody::isFreshItem);
    }
    return fresh != null && !fresh;
  }

  /** Says of a message whether the user speaks in it; null when it does not matter. */
  private interface Judgement {
    @Nullable Boolean of(Members message);
  }

  private static @Nullable Boolean last(List<@Nullable Object> items, Judgement judgement) {
    for (int i = items.size() - 1; i >= 0; i--) {
      Boolean fresh = items.get(i) instanceof Members item ? judgement.of(item) : null;
      if (fresh != null) {
        return fresh;
      }
    }
    return null;
  }

  private static @Nullable Boolean isFreshMessage(Members message) {
    String role = JsonTree.text(message, "role");
    if (role != null && SILENT_ROLES.contains(role)) {
      return null;
    }
    return (role == null || role.equals(Step.USER)) && startsTurn(message.get("content"));
  }

  private static boolean startsTurn(@Nullable Object content) {
    List<@Nullable Object> parts = content instanceof Members ? List.of(content) : null;
    List<@Nullable Object> given = parts == null ? JsonTree.list(content) : parts;
    return given == null
        || ContentParts.has(given, USER_PARTS)
        || !ContentParts.has(given, TOOL_PARTS);
  }

  private static @Nullable Boolean isFreshItem(Members item) {
    String type = JsonTree.text(item, "type");
    if (type == null) {
      return null;
    }
    String role = JsonTree.text(item, "role");
    if (type.equals("message") && role != null && SILENT_ROLES.contains(role)) {
      return null;
    }
    return type.equals("message") && (role == null || role.equals(Step.USER));
  }

  /** What the user said last; the whole body when nothing can be told. */
  static Object userMessage(@Nullable Object body) {
    Object message = lastUserContent(JsonTree.list(body, "messages"));
    if (message != null) {
      return ContentParts.message(message);
    }
    Object input = JsonTree.at(body, "input");
    Object said = input instanceof String ? input : responsesMessage(JsonTree.list(input));
    if (said != null) {
      return said;
    }
    return body instanceof Members members && members.containsKey("prompt")
        ? ContentParts.message(members.get("prompt"))
        : ContentParts.message(body);
  }

  private static @Nullable Object lastUserContent(@Nullable List<@Nullable Object> messages) {
    for (int i = messages == null ? -1 : messages.size() - 1; i >= 0 && messages != null; i--) {
      if (messages.get(i) instanceof Members message) {
        String role = JsonTree.text(message, "role");
        if (role == null || role.equals(Step.USER)) {
          Object content = message.get("content");
          return content == null && message.containsKey("content") ? "" : content;
        }
      }
    }
    return null;
  }

  private static @Nullable Object responsesMessage(@Nullable List<@Nullable Object> items) {
    for (int i = items == null ? -1 : items.size() - 1; i >= 0 && items != null; i--) {
      Object item = items.get(i);
      Object said =
          Step.USER.equals(JsonTree.text(item, "role"))
              ? responsesContent(JsonTree.at(item, "content"))
              : null;
      if (said != null) {
        return said;
      }
    }
    return null;
  }

  private static @Nullable Object responsesContent(@Nullable Object content) {
    if (content instanceof String) {
      return content;
    }
    List<@Nullable Object> parts = JsonTree.list(content);
    String text = ContentParts.texts(parts, "input_text");
    if (text == null) {
      text = ContentParts.texts(parts, "text");
    }
    if (text != null) {
      return text;
    }
    return parts != null && ContentParts.isContent(parts) ? parts : null;
  }
}
