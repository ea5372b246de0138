package io.fairlead.spi.event;

import java.util.Locale;

/** The kinds of work of ATOF 0.1. */
public enum ScopeCategory {
  /** A turn of an agent, or an agent working for another one. */
  AGENT,
  /** A function of the program around the agent. */
  FUNCTION,
  /** One attempt of a model call. */
  LLM,
  /** One tool call. */
  TOOL,
  RETRIEVER,
  EMBEDDER,
  RERANKER,
  GUARDRAIL,
  EVALUATOR,
  /** Anything else, told apart by {@link CustomProfile#subtype()}. */
  CUSTOM,
  UNKNOWN;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in ATOF records: lower case. */
  public String wireName() {
    return wireName;
  }

  /** The category of an ATOF name; {@link #UNKNOWN} for a name this version does not know. */
  public static ScopeCategory ofWireName(String name) {
    for (ScopeCategory category : values()) {
      if (category.wireName.equals(name)) {
        return category;
      }
    }
    return UNKNOWN;
  }
}
