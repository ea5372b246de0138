package io.fairlead.atof.bodies;

import static io.fairlead.atof.bodies.Fields.object;
import static io.fairlead.atof.bodies.Fields.objects;
import static io.fairlead.atof.bodies.Fields.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what a model answered. */
final class ResponseReader {

  private ResponseReader() {}

  /** The answer in a body; null when it has no shape, or more than one. */
  static @Nullable ModelResponse read(Map<?, ?> body) {
    BodyShape shape = Shapes.ofResponse(body);
    if (shape == null) {
      return null;
    }
    return switch (shape) {
      case OPENAI_CHAT -> response(shape, body, "id", chat(body));
      case OPENAI_RESPONSES -> response(shape, body, "id", responses(body));
      case OPENAI_EMBEDDINGS -> response(shape, body, "id", List.of());
      case ANTHROPIC_MESSAGES -> response(shape, body, "id", said(body, "stop_reason"));
      case GEMINI -> response(shape, body, "responseId", gemini(body));
      case HERMES_ANSWER -> response(shape, body, "id", hermes(body));
      case OPENCLAW_MESSAGE -> response(shape, body, "responseId", said(body, "stopReason"));
    };
  }

  private static ModelResponse response(
      BodyShape shape, Map<?, ?> body, String id, List<Message> choices) {
    return new ModelResponse(
        shape,
        shape == BodyShape.OPENCLAW_MESSAGE ? text(body, "provider") : null,
        text(body, shape == BodyShape.GEMINI ? "modelVersion" : "model"),
        text(body, id),
        choices,
        UsageReader.read(shape, body),
        CostReader.read(shape, Fields.object(body, "usage")));
  }

  private static List<Message> chat(Map<?, ?> body) {
    List<Message> choices = new ArrayList<>();
    for (Map<?, ?> choice : objects(body.get("choices"))) {
      String reason = FinishReasons.word(text(choice, "finish_reason"));
      String text = text(choice, "text");
      choices.add(
          text != null
              ? new Message("assistant", null, List.of(new Part.Text(text)), reason)
              : MessageReader.message(object(choice, "message"), reason));
    }
    return choices;
  }

  private static List<Message> responses(Map<?, ?> body) {
    List<Part> parts = new ArrayList<>();
    for (Map<?, ?> item : objects(body.get("output"))) {
      if ("message".equals(text(item, "type"))) {
        parts.addAll(PartReader.parts(item.get("content")));
      } else {
        parts.add(PartReader.part(item));
      }
    }
    String whole = text(body, "output_text");
    if (parts.isEmpty() && whole != null) {
      parts.add(new Part.Text(whole));
    }
    String reason = FinishReasons.word(responsesReason(body));
    return parts.isEmpty() && reason == null
        ? List.of()
        : List.of(new Message("assistant", null, parts, reason));
  }

  private static @Nullable String responsesReason(Map<?, ?> body) {
    String status = text(body, "status");
    String detail = text(object(body, "incomplete_details"), "reason");
    return "incomplete".equals(status) && detail != null ? detail : status;
  }

  /** Anthropic's and OpenClaw's answers are the message itself. */
  private static List<Message> said(Map<?, ?> body, String reason) {
    return List.of(MessageReader.message(body, FinishReasons.word(text(body, reason))));
  }

  private static List<Message> gemini(Map<?, ?> body) {
    List<Message> choices = new ArrayList<>();
    for (Map<?, ?> candidate : objects(body.get("candidates"))) {
      List<Part> parts = GeminiParts.parts(object(candidate, "content"));
      choices.add(
          new Message(
              "assistant", null, parts, geminiReason(text(candidate, "finishReason"), parts)));
    }
    String blocked = text(object(body, "promptFeedback"), "blockReason");
    if (choices.isEmpty() && blocked != null) {
      choices.add(new Message("assistant", null, List.of(), FinishReasons.word(blocked)));
    }
    return choices;
  }

  /** It says STOP also when it wants tools called. */
  private static @Nullable String geminiReason(@Nullable String reason, List<Part> parts) {
    boolean unsaid = reason == null || reason.equals("FINISH_REASON_UNSPECIFIED");
    boolean plain = unsaid || "STOP".equals(reason);
    if (plain && parts.stream().anyMatch(Part.ToolCall.class::isInstance)) {
      return "tool_call";
    }
    return unsaid ? null : FinishReasons.word(reason);
  }

  private static List<Message> hermes(Map<?, ?> body) {
    Map<?, ?> message = object(body, "assistant_message");
    String reason = FinishReasons.word(text(body, "finish_reason"));
    return List.of(MessageReader.message(message.isEmpty() ? body : message, reason));
  }
}
