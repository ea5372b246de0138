package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A line of a transcript, reduced to what is needed of it. */
sealed interface Row {

  /** A time the transcript does not have. */
  long NO_TIME = Long.MIN_VALUE;

  /** When the line was written, nanoseconds since the epoch. */
  long timeNanos();

  /** The run the line belongs to, or null: OpenClaw names it since 2026.8. */
  default @Nullable String runId() {
    return null;
  }

  /**
   * What is the same in another copy of the line. Ids are not: an import may give new ones.
   *
   * @return the key, or null for lines that are never copied to another place
   */
  default @Nullable String signature() {
    return null;
  }

  /**
   * The first line.
   *
   * @param version of the format: 3 before 2026.8, 4 since
   */
  record Header(long timeNanos, int version) implements Row {}

  /** Who a user row speaks for. */
  enum Author {
    /** Somebody outside. */
    USER,
    /** Another agent's session. */
    AGENT,
    /** OpenClaw itself. */
    SYSTEM
  }

  /**
   * Something asked of the agent.
   *
   * @param askedNanos when it was asked
   * @param steered run it was steered into, or null
   * @param textHash SHA-256 of the text as hex
   * @param author who asked
   * @param sourceKey session key of the agent that asked, or null
   */
  record User(
      long timeNanos,
      long askedNanos,
      @Nullable String runId,
      @Nullable String steered,
      String textHash,
      Author author,
      @Nullable String sourceKey,
      @Nullable Json content)
      implements Row {

    @Override
    public String signature() {
      return "user " + timeNanos + ' ' + askedNanos;
    }
  }

  /**
   * A tool call an answer asks for.
   *
   * @param name the tool, looked up behind OpenClaw's tool search
   */
  record ToolRequest(String id, String name, @Nullable Json content) {}

  /** Why the model stopped. */
  enum Stop {
    ANSWERED,
    TOOLS,
    FAILED,
    ABORTED
  }

  /**
   * An answer of a model.
   *
   * @param startNanos when the call began
   * @param stopReason OpenClaw's word
   * @param usage tokens, or null when none were counted
   * @param cost what OpenClaw makes of them with its prices: null for 0, which means no price too
   * @param errorType class of the failure, or null
   */
  record Assistant(
      long timeNanos,
      @Nullable String runId,
      long startNanos,
      @Nullable String provider,
      @Nullable String model,
      @Nullable String responseModel,
      @Nullable String responseId,
      Stop stop,
      @Nullable String stopReason,
      @Nullable TokenUsage usage,
      @Nullable BigDecimal cost,
      @Nullable String errorType,
      List<ToolRequest> tools,
      @Nullable Json content)
      implements Row {

    @Override
    public String signature() {
      return "assistant " + timeNanos + ' ' + startNanos + ' ' + responseId;
    }
  }

  /**
   * What a tool gave back.
   *
   * @param endNanos when it was done
   * @param durationNanos how long it took, or {@link #NO_TIME}
   * @param failed whether OpenClaw says that it failed
   * @param timedOut whether it was stopped for taking too long
   * @param childKey session key of the agent it spawned, or null
   */
  record ToolResult(
      long timeNanos,
      @Nullable String runId,
      @Nullable String callId,
      String name,
      long endNanos,
      long durationNanos,
      @Nullable Integer exitCode,
      boolean failed,
      boolean timedOut,
      @Nullable String childKey,
      @Nullable Json content)
      implements Row {

    @Override
    public String signature() {
      return "tool " + timeNanos + ' ' + endNanos + ' ' + callId;
    }
  }

  /**
   * OpenClaw's word that a run came to nothing.
   *
   * @param errorType class of the failure
   */
  record RunFailed(long timeNanos, @Nullable String runId, String errorType) implements Row {

    @Override
    public String signature() {
      return "failed " + timeNanos + ' ' + runId;
    }
  }

  /** The conversation was begun anew under the same session id. */
  record Reset(long timeNanos) implements Row {}
}
