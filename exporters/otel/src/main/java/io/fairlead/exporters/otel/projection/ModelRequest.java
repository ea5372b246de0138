package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request to a model, whatever API it was written for.
 *
 * @param messages the conversation
 * @param instructions what stands above it, or null
 * @param model the model asked for, or null
 * @param parameters {@code temperature}, {@code max_tokens}, {@code top_p}, {@code stop}, in that
 *     order, as far as they are given
 * @param tools the tools offered, as OpenAI's chat API would have them
 */
record ModelRequest(
    List<Message> messages,
    @Nullable Content instructions,
    @Nullable String model,
    Map<String, Object> parameters,
    List<Object> tools) {

  /**
   * One message.
   *
   * @param role who speaks
   * @param content what is said, or null
   * @param answersTo id of the tool call this is the result of, or null
   * @param raw whether the content is shown as it is written, not as text for people
   */
  record Message(String role, @Nullable Content content, @Nullable String answersTo, boolean raw) {

    Message(String role, @Nullable Content content) {
      this(role, content, null, false);
    }

    /** The content as one text, or null. */
    @Nullable String text() {
      if (content == null) {
        return null;
      }
      return raw ? content.written() : content.text();
    }
  }

  /**
   * What is said.
   *
   * @param value a text, or a list of parts as they were written
   */
  record Content(Object value) {

    /** The text in it, or null. */
    @Nullable String text() {
      if (value instanceof String text) {
        return DisplayText.ofString(text);
      }
      StringBuilder texts = new StringBuilder();
      for (Object part : value instanceof List<?> parts ? parts : List.of()) {
        if (part instanceof Map<?, ?> members) {
          String text = partText(members);
          if (text != null) {
            texts.append(texts.isEmpty() ? "" : "\n").append(text);
          }
        }
      }
      String text = texts.toString().strip();
      return text.isEmpty() ? null : text;
    }

    /** The text itself, or JSON. */
    String written() {
      return value instanceof String text ? text : JsonTree.write(value);
    }

    private static @Nullable String partText(Map<?, ?> part) {
      if (part.get("text") instanceof String text) {
        return text;
      }
      return part.get("refusal") instanceof String refusal ? refusal : null;
    }
  }
}
