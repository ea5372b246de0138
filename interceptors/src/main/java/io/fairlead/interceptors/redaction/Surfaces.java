package io.fairlead.interceptors.redaction;

import io.fairlead.spi.event.ScopeCategory;

/**
 * Which payloads a policy covers.
 *
 * @param input requests of model calls
 * @param output answers of model calls
 * @param mark marks
 * @param toolInput arguments of tool calls
 * @param toolOutput results of tool calls
 */
record Surfaces(
    boolean input, boolean output, boolean mark, boolean toolInput, boolean toolOutput) {

  static final Surfaces ALL = new Surfaces(true, true, true, true, true);

  /** Scopes that are neither are covered when either is. */
  boolean coversStart(ScopeCategory category) {
    return covers(category, input, toolInput);
  }

  /** Scopes that are neither are covered when either is. */
  boolean coversEnd(ScopeCategory category) {
    return covers(category, output, toolOutput);
  }

  private static boolean covers(ScopeCategory category, boolean llm, boolean tool) {
    return switch (category) {
      case LLM -> llm;
      case TOOL -> tool;
      default -> llm || tool;
    };
  }
}
