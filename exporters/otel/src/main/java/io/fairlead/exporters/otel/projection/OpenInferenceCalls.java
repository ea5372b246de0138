package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.LlmProfile;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code llm.*} attributes of a model call. */
final class OpenInferenceCalls {

  private static final String INPUT_MESSAGES = "llm.input_messages.";
  private static final String OUTPUT_MESSAGES = "llm.output_messages.";

  private static final Map<String, String> REASONS =
      Map.of("stop", "complete", "tool_call", "tool_use");

  private final Shape shape;

  OpenInferenceCalls(Shape shape) {
    this.shape = shape;
  }

  void put(AttributeSheet sheet, CallFacts call) {
    sheet.text("llm.model_name", shape.isFirst() ? call.askedModel() : call.model());
    sheet.text("llm.provider", call.provider());
    sheet.text("llm.finish_reason", finishReason(call));
    tokens(sheet, call.usage());
    LlmProfile typed = call.typed();
    if (typed != null && typed.usage() != null) {
      sheet.count("llm.token_count.completion_details.reasoning", typed.usage().reasoning());
    }
    Cost cost = call.cost();
    if (cost != null && cost.currency().equalsIgnoreCase("USD")) {
      sheet.number("llm.cost.total", cost.amount().doubleValue());
    }
    if (call.request() != null) {
      sheet.text(
          "llm.invocation_parameters", new OpenInferenceRequest(call.request()).parameters());
    }
    if (shape.content()) {
      values(sheet, call);
      request(sheet, call);
      response(sheet, call);
    }
  }

  private static @Nullable String finishReason(CallFacts call) {
    SpokenAnswer spoken = call.spoken();
    if (spoken != null && spoken.finishReason() != null) {
      return spoken.finishReason();
    }
    LlmProfile typed = call.typed();
    if (typed == null || typed.finishReasons().isEmpty()) {
      return null;
    }
    String reason = typed.finishReasons().get(0);
    return REASONS.getOrDefault(reason, reason);
  }

  private static void tokens(AttributeSheet sheet, ModelUsage usage) {
    sheet.count("llm.token_count.prompt", usage.prompt());
    sheet.count("llm.token_count.completion", usage.completion());
    sheet.count("llm.token_count.total", usage.total());
    sheet.count("llm.token_count.prompt_details.cache_read", usage.cacheRead());
    sheet.count("llm.token_count.prompt_details.cache_write", usage.cacheWrite());
  }

  /** Both sides as text for people, else as JSON. */
  private static void values(AttributeSheet sheet, CallFacts call) {
    value(sheet, "input", DisplayText.request(call.input()), withoutHeaders(call.input()));
    value(sheet, "output", DisplayText.of(call.output()), call.output());
  }

  private static void value(
      AttributeSheet sheet, String side, @Nullable String text, @Nullable Object tree) {
    if (text != null) {
      sheet.text(side + ".value", text);
      sheet.text(side + ".mime_type", "text/plain");
    } else if (tree != null) {
      sheet.text(side + ".value", JsonTree.write(tree));
      sheet.text(side + ".mime_type", "application/json");
    }
  }

  private static @Nullable Object withoutHeaders(@Nullable Object input) {
    if (input instanceof JsonTree.Members members) {
      JsonTree.Members rest = new JsonTree.Members();
      rest.putAll(members);
      rest.remove("headers");
      return rest;
    }
    return input;
  }

  private void request(AttributeSheet sheet, CallFacts call) {
    if (call.request() == null) {
      if (call.own()) {
        OwnMessages.put(sheet, INPUT_MESSAGES, "user", call.input());
      }
      return;
    }
    OpenInferenceRequest request = new OpenInferenceRequest(call.request());
    int index = 0;
    String instructions = request.instructions();
    if (instructions != null) {
      message(sheet, index++, "system", instructions, null);
    }
    List<OpenInferenceRequest.Message> messages = request.messages();
    for (OpenInferenceRequest.Message message : messages) {
      message(sheet, index++, message.role(), message.text(), message.answersTo());
    }
    List<String> tools = request.tools();
    for (int i = 0; i < tools.size(); i++) {
      sheet.text("llm.tools." + i + ".tool.json_schema", tools.get(i));
    }
    if (shape.isFirst()) {
      sheet.text("llm.system", instructions != null ? instructions : system(messages));
    }
  }

  /** What 0.5 shows as the system prompt where nothing stands above the conversation. */
  private static @Nullable String system(List<OpenInferenceRequest.Message> messages) {
    for (OpenInferenceRequest.Message message : messages) {
      if (message.role().equals("system")) {
        return message.text();
      }
    }
    return null;
  }

  private void message(
      AttributeSheet sheet,
      int index,
      String role,
      @Nullable String content,
      @Nullable String answersTo) {
    String name = INPUT_MESSAGES + index + ".message.";
    sheet.text(name + "role", role);
    sheet.text(name + "content", content);
    if (!shape.isFirst()) {
      sheet.text(name + "tool_call_id", answersTo);
    }
  }

  private static void response(AttributeSheet sheet, CallFacts call) {
    SpokenAnswer response = call.spoken();
    if (response == null) {
      if (call.own()) {
        OwnMessages.put(sheet, OUTPUT_MESSAGES, "assistant", call.output());
      }
      return;
    }
    String name = OUTPUT_MESSAGES + "0.message.";
    if (response.message() != null || !response.toolCalls().isEmpty()) {
      sheet.text(name + "role", "assistant");
    }
    if (response.message() != null) {
      sheet.text(name + "content", DisplayText.ofString(response.message()));
    }
    List<SpokenAnswer.ToolCall> calls = response.toolCalls();
    for (int i = 0; i < calls.size(); i++) {
      String tool = name + "tool_calls." + i + ".tool_call.";
      sheet.text(tool + "id", calls.get(i).id());
      sheet.text(tool + "function.name", calls.get(i).name());
      sheet.text(tool + "function.arguments", calls.get(i).arguments());
    }
  }
}
