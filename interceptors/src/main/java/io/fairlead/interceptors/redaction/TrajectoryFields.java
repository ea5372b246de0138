package io.fairlead.interceptors.redaction;

import io.fairlead.atof.json.NumberText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names whose values say nothing about what was said (NeMo Relay, preset {@code
 * trajectory_context}).
 */
final class TrajectoryFields {

  /** What the body of a request or of an answer has, whoever's it is. */
  private static final Set<String> CONVERSATION =
      Set.of("messages", "input", "contents", "choices", "output", "candidates", "message");

  /** Objects whose members' names anybody may choose. */
  private static final Set<String> FREE =
      Set.of(
          "headers",
          "parameters",
          "input_schema",
          "json_schema",
          "response_format",
          "metadata",
          "arguments",
          "args",
          "input",
          "logit_bias");

  private static final Set<String> FLAGS =
      Set.of(
          "additionalProperties",
          "applied",
          "enabled",
          "parallel_tool_calls",
          "required",
          "store",
          "stream");

  private static final Set<String> NUMBERS =
      Set.of(
          "attempt",
          "cache_read",
          "cache_write",
          "chunk_index",
          "confidence",
          "index",
          "input",
          "logprob",
          "max_output_tokens",
          "max_tokens",
          "max_tool_calls",
          "output",
          "priority",
          "sequence",
          "temperature",
          "top_logprobs",
          "top_p",
          "total",
          "version");

  private static final List<String> NUMBER_ENDINGS =
      List.of(
          "_tokens",
          "_count",
          "_index",
          "_indices",
          "_cost",
          "_latency",
          "_millis",
          "_ms",
          "_seconds",
          "_timestamp");

  private static final Set<String> TEXTS =
      Set.of(
          "api",
          "backend",
          "baseline_backend",
          "baseline_model",
          "baseline_protocol",
          "baseline_route",
          "baseline_tier",
          "currency",
          "detail",
          "effective_backend",
          "effective_model",
          "effective_protocol",
          "effective_route",
          "effective_tier",
          "estimation_method",
          "event_type",
          "finish_reason",
          "include",
          "kind",
          "media_type",
          "mode",
          "model",
          "model_name",
          "object",
          "object_type",
          "pricing_as_of",
          "pricing_model",
          "pricing_provider",
          "pricing_source",
          "producer",
          "protocol",
          "provider",
          "quality",
          "required",
          "role",
          "selected_backend",
          "selected_endpoint",
          "selected_model",
          "selected_protocol",
          "selected_route",
          "selected_tier",
          "service_tier",
          "status",
          "stop_reason",
          "subtype",
          "system_fingerprint",
          "tier",
          "truncation",
          "type",
          "version");

  private static final Set<String> TOOL_CONTAINERS = Set.of("function", "tools");
  private static final Set<String> TOOL_TYPES = Set.of("function", "function_call", "tool_use");

  private TrajectoryFields() {}

  /** Whether a payload is what models are sent or answer, and not something else. */
  static boolean isConversation(Object value) {
    return value instanceof Map<?, ?> body
        && (has(body, CONVERSATION)
            || (body.get("content") instanceof Map<?, ?> request && has(request, CONVERSATION))
            || (body.get("content") instanceof List<?> && body.containsKey("role")));
  }

  private static boolean has(Map<?, ?> body, Set<String> names) {
    return names.stream().anyMatch(body::containsKey);
  }

  static boolean isFree(String name) {
    return FREE.contains(name);
  }

  /** Whether a single value of this name stays. */
  static boolean stays(String name, @Nullable Object value) {
    if (value instanceof Boolean) {
      return FLAGS.contains(name);
    }
    if (value instanceof NumberText) {
      return NUMBERS.contains(name) || endsWithOne(name, NUMBER_ENDINGS);
    }
    return value instanceof String && TEXTS.contains(name);
  }

  /** Whether the member {@code name} of an object is the name of a tool. */
  static boolean namesTool(@Nullable String container, Map<?, ?> members) {
    return (container != null && TOOL_CONTAINERS.contains(container))
        || (members.get("type") instanceof String type && TOOL_TYPES.contains(type));
  }

  private static boolean endsWithOne(String name, List<String> endings) {
    for (String ending : endings) {
      if (name.endsWith(ending)) {
        return true;
      }
    }
    return false;
  }
}
