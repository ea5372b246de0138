package io.fairlead.atof.bodies;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells shapes apart by the members bodies have, never by the name of a provider. A body that has
 * no shape, or more than one, is none.
 */
final class Shapes {

  /** Parts only Anthropic's messages have. */
  private static final Set<String> ANTHROPIC_PARTS =
      Set.of("tool_use", "tool_result", "thinking", "redacted_thinking");

  private static final Map<BodyShape, Predicate<Map<?, ?>>> REQUESTS =
      new EnumMap<>(
          Map.of(
              BodyShape.OPENAI_CHAT, body -> hasMessages(body) && !isAnthropic(body),
              BodyShape.ANTHROPIC_MESSAGES, body -> hasMessages(body) && isAnthropic(body),
              BodyShape.OPENAI_RESPONSES, Shapes::hasInput,
              BodyShape.GEMINI, body -> hasObjects(body.get("contents"), "parts")));

  private static final Map<BodyShape, Predicate<Map<?, ?>>> RESPONSES =
      new EnumMap<>(
          Map.of(
              BodyShape.OPENAI_CHAT,
              body -> body.get("choices") instanceof List,
              BodyShape.OPENAI_RESPONSES,
              Shapes::hasOutput,
              BodyShape.ANTHROPIC_MESSAGES,
              body -> "message".equals(body.get("type")) && body.get("content") instanceof List,
              BodyShape.GEMINI,
              Shapes::hasCandidates));

  /** Looked for where no shape of an answer in words fits. */
  private static final Map<BodyShape, Predicate<Map<?, ?>>> OTHER_RESPONSES =
      new EnumMap<>(
          Map.of(
              BodyShape.OPENAI_EMBEDDINGS, body -> body.get("data") instanceof List,
              BodyShape.HERMES_ANSWER, Shapes::isHermes,
              BodyShape.OPENCLAW_MESSAGE, Shapes::isOpenClaw));

  private Shapes() {}

  static @Nullable BodyShape ofRequest(Map<?, ?> body) {
    return only(REQUESTS, body);
  }

  static @Nullable BodyShape ofResponse(Map<?, ?> body) {
    boolean inWords = RESPONSES.values().stream().anyMatch(shape -> shape.test(body));
    return only(inWords ? RESPONSES : OTHER_RESPONSES, body);
  }

  private static @Nullable BodyShape only(
      Map<BodyShape, Predicate<Map<?, ?>>> shapes, Map<?, ?> body) {
    BodyShape found = null;
    for (Map.Entry<BodyShape, Predicate<Map<?, ?>>> shape : shapes.entrySet()) {
      if (shape.getValue().test(body)) {
        if (found != null) {
          return null;
        }
        found = shape.getKey();
      }
    }
    return found;
  }

  private static boolean hasMessages(Map<?, ?> body) {
    return hasObjects(body.get("messages"), "role");
  }

  /** Whether a value is a list of objects that all have a member. */
  private static boolean hasObjects(@Nullable Object value, String member) {
    return value instanceof List<?> list
        && list.stream()
            .allMatch(element -> element instanceof Map<?, ?> object && object.containsKey(member));
  }

  private static boolean isAnthropic(Map<?, ?> body) {
    return body.containsKey("system")
        || body.containsKey("anthropic_version")
        || Fields.objects(body.get("tools")).stream().anyMatch(t -> t.containsKey("input_schema"))
        || Fields.objects(body.get("messages")).stream()
            .flatMap(message -> Fields.objects(message.get("content")).stream())
            .anyMatch(part -> ANTHROPIC_PARTS.contains(Fields.text(part, "type", "")));
  }

  private static boolean hasInput(Map<?, ?> body) {
    Object input = body.get("input");
    return input instanceof String || input instanceof List || body.get("instructions") != null;
  }

  private static boolean hasOutput(Map<?, ?> body) {
    return body.get("output") instanceof List || body.get("output_text") instanceof String;
  }

  private static boolean hasCandidates(Map<?, ?> body) {
    return body.get("candidates") instanceof List
        || Fields.object(body, "promptFeedback").get("blockReason") instanceof String;
  }

  private static boolean isHermes(Map<?, ?> body) {
    boolean said =
        body.get("assistant_message") instanceof Map || body.get("content") instanceof String;
    return said && body.get("finish_reason") instanceof String && !body.containsKey("choices");
  }

  private static boolean isOpenClaw(Map<?, ?> body) {
    return "assistant".equals(body.get("role"))
        && body.get("content") instanceof List
        && body.get("api") instanceof String
        && body.get("provider") instanceof String;
  }
}
