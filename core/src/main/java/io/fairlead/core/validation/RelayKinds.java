package io.fairlead.core.validation;

import io.fairlead.core.observability.ObservabilityComponent;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds NeMo Relay's documents may name, and what becomes of those that are not ours. */
final class RelayKinds {

  private static final String NOT_YET = "not part of this version of Fairlead";

  private static final Map<String, String> REASONS =
      Map.of(
          "adaptive",
          "it rewrites requests; Fairlead observes and never changes what agents do",
          "nemo_guardrails",
          "it blocks and rewrites; Fairlead observes and never does",
          "switchyard",
          "it routes requests; Fairlead observes and never changes what agents do",
          "pii_redaction",
          NOT_YET,
          "resource_metrics",
          NOT_YET);

  private static final Set<String> SINGLETONS =
      Set.of(
          ObservabilityComponent.KIND,
          "pricing",
          "pii_redaction",
          "adaptive",
          "nemo_guardrails",
          "resource_metrics");

  /** Kinds of which Relay reports every fault of keys and types under one code. */
  private static final Map<String, String> STRICT_FINDINGS =
      Map.of("pricing", "invalid_config", "resource_metrics", "invalid_config");

  /** Those of them of which the same is true of values. */
  private static final Set<String> STRICT_VALUES = Set.of("resource_metrics");

  private RelayKinds() {}

  /** What Relay calls unknown keys and wrong types of a kind whatever the policy, or null. */
  static @Nullable String strictFinding(String kind) {
    return STRICT_FINDINGS.get(kind);
  }

  /** Whether that is also what Relay calls values a kind does not take. */
  static boolean hasStrictValues(String kind) {
    return STRICT_VALUES.contains(kind);
  }

  /** Whether Relay lets a kind appear only once. */
  static boolean isSingleton(String kind) {
    return SINGLETONS.contains(kind);
  }

  /** Why a kind of Relay's is not supported, or null when it is none of them. */
  static @Nullable String reason(String kind) {
    return REASONS.get(kind);
  }
}
