package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is left of payloads when content is not captured: of model calls the names, numbers and
 * token counts that tell what a call was and cost, of everything else nothing.
 */
enum HookContent {
  START,
  END,
  MARK;

  private static final Set<String> NAMES =
      Set.of(
          "id",
          "object",
          "type",
          "role",
          "model",
          "response_model",
          "provider",
          "platform",
          "api_mode",
          "finish_reason",
          "stop_reason",
          "status",
          "service_tier",
          "reasoning_effort");

  private static final Set<String> COUNTS = Set.of("usage", "fidelity");
  private static final Set<String> TEXTS =
      Set.of("child_goal", "tool_correlation_arguments", "agent_nickname");

  @Nullable Object without(String category, @Nullable Object data) {
    if (this == MARK || !category.equals("llm")) {
      return null;
    }
    if (this == END) {
      return facts(data);
    }
    Payload request = new Payload(data);
    return Tree.of("content", facts(request.value("content")), "headers", Tree.of());
  }

  static Map<String, @Nullable Object> metadataWithout(Map<String, @Nullable Object> metadata) {
    metadata.keySet().removeAll(TEXTS);
    return metadata;
  }

  private static Map<String, @Nullable Object> facts(@Nullable Object body) {
    Map<String, @Nullable Object> facts = Tree.of();
    Tree.object(body)
        .forEach(
            (name, value) -> {
              if (value instanceof NumberText
                  || value instanceof Boolean
                  || COUNTS.contains(name)
                  || (NAMES.contains(name) && value instanceof String)) {
                facts.put(name, value);
              } else if (name.equals("choices") && value instanceof List<?> choices) {
                List<@Nullable Object> left = new ArrayList<>();
                choices.forEach(choice -> left.add(facts(choice)));
                facts.put(name, left);
              }
            });
    return facts;
  }
}
