package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeEnd;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Captured payloads as the conventions want them: messages with roles and parts. A payload of a
 * shape that cannot be told is left out, never passed off as messages.
 */
final class GenAiContent {

  private GenAiContent() {}

  static void messages(AttributeSheet sheet, ScopeEnd end) {
    sheet.json("gen_ai.input.messages", messages(end.start().header().data(), "user", null));
    sheet.json(
        "gen_ai.output.messages", messages(end.header().data(), "assistant", finishReason(end)));
  }

  static void tool(AttributeSheet sheet, ScopeEnd end) {
    Json arguments = end.start().header().data();
    // What a failed tool left behind is not the result of its call.
    Json result = end.outcome().isError() ? null : end.header().data();
    sheet.json("gen_ai.tool.call.arguments", arguments == null ? null : arguments.text());
    sheet.json("gen_ai.tool.call.result", result == null ? null : result.text());
  }

  private static String finishReason(ScopeEnd end) {
    if (end.profile() instanceof LlmProfile llm && !llm.finishReasons().isEmpty()) {
      return llm.finishReasons().get(0);
    }
    return end.outcome().isError() ? "error" : "stop";
  }

  private static @Nullable String messages(
      @Nullable Json data, String role, @Nullable String finishReason) {
    Object value = data == null ? null : JsonTree.sorted(data);
    if (value instanceof String text) {
      return message(text, role, finishReason);
    }
    return value instanceof List<?> list && isMessages(list) ? JsonTree.write(value) : null;
  }

  private static String message(String text, String role, @Nullable String finishReason) {
    StringBuilder out = new StringBuilder("[{\"role\":\"").append(role).append('"');
    out.append(",\"parts\":[{\"type\":\"text\",\"content\":");
    Json.appendQuoted(out, text);
    out.append("}]");
    if (finishReason != null) {
      out.append(",\"finish_reason\":");
      Json.appendQuoted(out, finishReason);
    }
    return out.append("}]").toString();
  }

  private static boolean isMessages(List<?> list) {
    return !list.isEmpty()
        && list.stream()
            .allMatch(
                item ->
                    item instanceof Map<?, ?> message
                        && message.containsKey("role")
                        && message.get("parts") instanceof List);
  }
}
