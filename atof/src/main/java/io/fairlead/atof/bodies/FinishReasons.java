package io.fairlead.atof.bodies;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Why answers end: the providers' words in the convention's, any other word unchanged. */
final class FinishReasons {

  private static final int LONGEST = 64;

  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("end_turn", "stop"),
          Map.entry("stop_sequence", "stop"),
          Map.entry("completed", "stop"),
          Map.entry("STOP", "stop"),
          Map.entry("tool_calls", "tool_call"),
          Map.entry("function_call", "tool_call"),
          Map.entry("tool_use", "tool_call"),
          Map.entry("toolUse", "tool_call"),
          Map.entry("TOOL_CODE", "tool_call"),
          Map.entry("max_tokens", "length"),
          Map.entry("max_output_tokens", "length"),
          Map.entry("MAX_TOKENS", "length"),
          Map.entry("model_context_window_exceeded", "length"),
          Map.entry("refusal", "content_filter"),
          Map.entry("SAFETY", "content_filter"),
          Map.entry("RECITATION", "content_filter"),
          Map.entry("LANGUAGE", "content_filter"),
          Map.entry("BLOCKLIST", "content_filter"),
          Map.entry("PROHIBITED_CONTENT", "content_filter"),
          Map.entry("SPII", "content_filter"),
          Map.entry("IMAGE_SAFETY", "content_filter"),
          Map.entry("IMAGE_PROHIBITED_CONTENT", "content_filter"),
          Map.entry("IMAGE_RECITATION", "content_filter"),
          Map.entry("ESCALATION", "content_filter"),
          Map.entry("failed", "error"),
          Map.entry("aborted", "error"));

  private FinishReasons() {}

  static @Nullable String word(@Nullable String reason) {
    return reason == null || reason.isEmpty() || reason.length() > LONGEST
        ? null
        : WORDS.getOrDefault(reason, reason);
  }
}
