package io.fairlead.spi.event;

import org.jspecify.annotations.Nullable;

/**
 * Facts of a turn of an agent.
 *
 * @param agentName name for people, or null; the span is named after it
 * @param turnKind whom the turn worked for
 * @param usage tokens of the whole turn when they are known for the turn but not for its calls,
 *     else null. It is never counted: the calls or a {@link UsageReported} are
 * @param cost cost of the whole turn under the same rule, or null
 */
public record AgentProfile(
    @Nullable String agentName, TurnKind turnKind, @Nullable TokenUsage usage, @Nullable Cost cost)
    implements Profile {

  /** Whom a turn works for. */
  public enum TurnKind {
    /** Somebody or something outside asked. */
    USER,
    /** Another agent asked. */
    SUBAGENT,
    /** Nobody asked: heartbeat, title, compaction, skill review. */
    INTERNAL
  }

  /** A turn of which only agent and kind are known. */
  public static AgentProfile of(@Nullable String agentName, TurnKind turnKind) {
    return new AgentProfile(agentName, turnKind, null, null);
  }
}
