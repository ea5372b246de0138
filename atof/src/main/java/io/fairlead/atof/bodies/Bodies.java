package io.fairlead.atof.bodies;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the bodies that events of model calls carry, whatever API they were written for: OpenAI
 * chat completions, responses and embeddings, Anthropic messages, Gemini {@code generateContent},
 * answers as Hermes hands them to hooks, messages as OpenClaw keeps them.
 *
 * <p>Shapes are told by structure alone. What is no body of these, is ambiguous, or is longer than
 * {@link #MOST_CHARACTERS}, gives null; nothing here throws.
 */
public final class Bodies {

  /** A payload longer than this is not read. */
  public static final int MOST_CHARACTERS = 4 * 1024 * 1024;

  private Bodies() {}

  /** What a model was asked: the payload of a call's start. */
  public static @Nullable ModelRequest request(@Nullable Json payload) {
    return request(tree(payload));
  }

  /**
   * What a model was asked.
   *
   * @param payload a value of {@link JsonTree}: a body, or an object with a body as {@code content}
   *     and {@code headers}
   */
  public static @Nullable ModelRequest request(@Nullable Object payload) {
    Map<?, ?> members = Fields.object(payload);
    Map<?, ?> body = body(members);
    return body.isEmpty() ? null : RequestReader.read(body);
  }

  /** The body in the payload of a call's start; empty when there is none. */
  public static Map<?, ?> requestBody(@Nullable Object payload) {
    return body(Fields.object(payload));
  }

  /** The API an answer was written for; null when that cannot be told. */
  public static @Nullable BodyShape responseShape(@Nullable Object payload) {
    return Shapes.ofResponse(Fields.object(payload));
  }

  /**
   * The parts of a message's content, as any of the APIs writes it.
   *
   * @param content a text, a list of parts or one part, as values of {@link JsonTree}
   */
  public static List<Part> parts(@Nullable Object content) {
    return PartReader.parts(content);
  }

  /** What a model answered: the payload of a call's end. */
  public static @Nullable ModelResponse response(@Nullable Json payload) {
    return response(tree(payload));
  }

  /**
   * What a model answered.
   *
   * @param payload a value of {@link JsonTree}
   */
  public static @Nullable ModelResponse response(@Nullable Object payload) {
    Map<?, ?> body = Fields.object(payload);
    return body.isEmpty() ? null : ResponseReader.read(body);
  }

  private static Map<?, ?> body(Map<?, ?> members) {
    boolean wrapped = members.get("content") instanceof Map && !members.containsKey("role");
    return wrapped ? Fields.object(members, "content") : members;
  }

  /** The value of a payload that may be a body; null without parsing when it cannot be one. */
  private static @Nullable Object tree(@Nullable Json payload) {
    if (payload == null || payload.text().length() > MOST_CHARACTERS || !isObject(payload.text())) {
      return null;
    }
    try {
      return JsonTree.sorted(payload.text());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static boolean isObject(String text) {
    int i = 0;
    while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
      i++;
    }
    return i < text.length() && text.charAt(i) == '{';
  }
}
