package io.fairlead.atof.bodies;

import static io.fairlead.atof.bodies.Fields.count;
import static io.fairlead.atof.bodies.Fields.object;
import static io.fairlead.atof.bodies.Fields.objects;
import static io.fairlead.atof.bodies.Fields.text;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What NeMo Relay noted of an answer in a form of its own: {@code annotated_response} in the
 * category profile of a call's end. What it says counts before the body.
 */
public final class Annotation {

  private static final Map<String, BodyShape> APIS =
      Map.of(
          "openai_chat", BodyShape.OPENAI_CHAT,
          "openai_responses", BodyShape.OPENAI_RESPONSES,
          "anthropic_messages", BodyShape.ANTHROPIC_MESSAGES);

  private static final Map<String, String> REASONS =
      Map.of("complete", "stop", "tool_use", "tool_call");

  private final Map<?, ?> noted;

  private Annotation(Map<?, ?> noted) {
    this.noted = noted;
  }

  /**
   * The annotation in a category profile; null when there is none.
   *
   * @param categoryProfile the profile as the record has it, or null
   */
  public static @Nullable Annotation of(@Nullable Json categoryProfile) {
    Map<?, ?> noted = object(JsonTree.object(categoryProfile), "annotated_response");
    return noted.isEmpty() ? null : new Annotation(noted);
  }

  /** The answer. An answer of no known API counts as one of OpenAI's chat. */
  public ModelResponse response() {
    List<Part> parts = new ArrayList<>(PartReader.parts(noted.get("message")));
    for (Map<?, ?> call : objects(noted.get("tool_calls"))) {
      String name = text(call, "name");
      if (name != null) {
        parts.add(new Part.ToolCall(text(call, "id"), name, call.get("arguments")));
      }
    }
    String reason = reason();
    boolean silent = parts.isEmpty() && reason == null;
    Map<?, ?> usage = object(noted, "usage");
    BodyShape shape = api();
    return new ModelResponse(
        shape == null ? BodyShape.OPENAI_CHAT : shape,
        null,
        text(noted, "model"),
        text(noted, "id"),
        silent ? List.of() : List.of(new Message("assistant", null, parts, reason)),
        tokens(usage),
        CostReader.read(BodyShape.OPENAI_CHAT, usage));
  }

  /**
   * Tokens and cost.
   *
   * @param answer the answer itself, for what is not noted; a value of {@link JsonTree}
   * @param caller name of the call, which may be that of a provider
   */
  public Figures figures(@Nullable Object answer, String caller) {
    return Figures.noted(noted, api(), answer, caller);
  }

  private @Nullable TokenUsage tokens(Map<?, ?> usage) {
    Counts counts = new Counts();
    long prompt = count(usage, "prompt_tokens");
    if (api() == BodyShape.ANTHROPIC_MESSAGES) {
      counts.input = prompt;
    } else {
      counts.prompt = prompt;
    }
    counts.cacheRead = count(usage, "cache_read_tokens");
    counts.cacheWrite(count(usage, "cache_write_tokens"));
    counts.answer = count(usage, "completion_tokens");
    return usage.isEmpty() ? null : counts.toUsage();
  }

  private @Nullable BodyShape api() {
    String api = text(object(noted, "api_specific"), "api");
    return api == null ? null : APIS.get(api);
  }

  private @Nullable String reason() {
    String reason = text(noted, "finish_reason");
    return reason == null
        ? text(object(noted, "finish_reason"), "unknown")
        : REASONS.getOrDefault(reason, reason);
  }
}
