package io.fairlead.interceptors.redaction;

import io.fairlead.atof.json.NumberText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names whose values say nothing about what was said (NeMo Relay 0.9, preset {@code
 * trajectory_context}).
 */
final class TrajectoryFields {

  private static final Set<String> METADATA_TEXTS =
      Set.of(
          "agent_kind",
          "fidelity_source",
          "gateway_config_profile",
          "gateway_mode",
          "gateway_path",
          "harness",
          "hook_event_name",
          "identity_quality",
          "llm_correlation_source",
          "llm_correlation_status",
          "nemo_relay_scope_role",
          "otel.status_code",
          "source",
          "tool_correlation_source",
          "tool_correlation_status",
          "turn_source");

  private static final Set<String> METADATA_FLAGS = Set.of("provider_payload_exact");

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
          "id",
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

  private static final List<String> TEXT_ENDINGS = List.of("_id", "_uuid");

  /** Looks like an id and is a piece of what was said. */
  private static final String TOKEN_ID = "token_id";

  private static final Set<String> TOOL_CONTAINERS = Set.of("function", "tools");
  private static final Set<String> TOOL_TYPES = Set.of("function", "function_call", "tool_use");

  private TrajectoryFields() {}

  static boolean isTrustedMetadata(String name, @Nullable Object value) {
    return value instanceof String
        ? METADATA_TEXTS.contains(name)
        : value instanceof Boolean && METADATA_FLAGS.contains(name);
  }

  /** Whether a single value of this name stays. */
  static boolean stays(String name, @Nullable Object value) {
    if (value instanceof Boolean) {
      return FLAGS.contains(name);
    }
    if (value instanceof NumberText) {
      return NUMBERS.contains(name) || endsWithOne(name, NUMBER_ENDINGS);
    }
    return value instanceof String
        && !name.equals(TOKEN_ID)
        && (TEXTS.contains(name) || endsWithOne(name, TEXT_ENDINGS));
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
