package io.fairlead.runtimes.atof.hooks;

/** What a hook says has happened. */
enum HookKind {
  SESSION_START,
  SESSION_END,
  TURN_START,
  TURN_END,
  SUBAGENT_START,
  SUBAGENT_END,
  /** A model call comes or has come, of which the hook knows nothing more. */
  HINT,
  CALL_START,
  CALL_END,
  TOOL_START,
  TOOL_END,
  COMPACTION,
  NOTIFICATION,
  SKILL,
  /** Anything else. */
  MARK;

  /** Whether another turn begins after it, or with it. */
  boolean isBoundary() {
    return this == TURN_START || this == TURN_END || this == SESSION_END;
  }

  /** Whether it ends something; of a session nobody knows, there is nothing to end. */
  boolean isTerminal() {
    return this == SESSION_END || this == SUBAGENT_END || this == CALL_END || this == TOOL_END;
  }
}
