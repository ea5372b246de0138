package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final String GOAL = "child_goal";
  private static final Pattern NAME = Pattern.compile("\\S{1,128}");
  private static final Set<String> TEXTS =
      Set.of(GOAL, "tool_correlation_arguments", "agent_nickname");

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

  /** A body without what agents are asked to do; the body itself is changed. */
  static @Nullable Object withoutGoals(@Nullable Object body) {
    if (body instanceof Map<?, ?> members) {
      members.remove(GOAL);
      members.values().forEach(HookContent::withoutGoals);
    }
    return body;
  }

  /** A start with the names and numbers of its payload alone: texts without a blank in them. */
  static HookEvent named(HookEvent start) {
    return start.with(new Payload(names(start.payload().tree())), Map.of());
  }

  private static @Nullable Object names(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> left = Tree.of();
      members.forEach((name, member) -> left.put(String.valueOf(name), names(member)));
      return left;
    }
    boolean prose = value instanceof String text && !NAME.matcher(text).matches();
    return prose || value instanceof List<?> ? null : value;
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
