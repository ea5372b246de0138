package io.fairlead.interceptors.redaction;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the bodies of one API have, by the name of its codec.
 *
 * @param request a member of every request
 * @param answer a member of every answer
 */
record BodyShape(String request, String answer) {

  /** Of an API nobody named: any body. */
  static final BodyShape ANY = new BodyShape("", "");

  private static final Map<String, BodyShape> BY_CODEC =
      Map.of(
          "openai_chat", new BodyShape("messages", "choices"),
          "openai_responses", new BodyShape("input", "output"),
          "anthropic_messages", new BodyShape("messages", "content"),
          "oci_genai", new BodyShape("chatRequest", "chatResponse"),
          "gemini_generate_content", new BodyShape("contents", "candidates"));

  static BodyShape of(@Nullable String codec) {
    return codec == null ? ANY : BY_CODEC.getOrDefault(codec, ANY);
  }

  boolean fitsRequest(@Nullable Object body) {
    return has(body, request);
  }

  boolean fitsAnswer(@Nullable Object body) {
    return has(body, answer);
  }

  private static boolean has(@Nullable Object body, String member) {
    return member.isEmpty() || (body instanceof Map<?, ?> members && members.containsKey(member));
  }
}
