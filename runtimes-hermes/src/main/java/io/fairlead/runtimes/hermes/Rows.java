package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.turns.CountedSums;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of Hermes' store, reduced to what is needed of them. */
final class Rows {

  private Rows() {}

  /** A time the row does not have. */
  static final long NO_TIME = Long.MIN_VALUE;

  /**
   * A row of {@code sessions}.
   *
   * @param endedNanos when Hermes says the session ended, or {@link #NO_TIME}
   */
  record Session(
      String id,
      long startedNanos,
      long endedNanos,
      @Nullable String model,
      @Nullable String parent,
      @Nullable String provider,
      @Nullable String baseUrl) {

    /** Whether only the log knows it, so that there are no sums and there never will be. */
    boolean isFromLog() {
      return startedNanos == NO_TIME;
    }

    boolean hasEnded() {
      return endedNanos != NO_TIME;
    }

    /** Whether it ended after a moment; a session that is resumed keeps the end it had before. */
    boolean hasEndedAfter(long nanos) {
      return hasEnded() && endedNanos >= nanos;
    }
  }

  /** A tool call an assistant row asks for. */
  record ToolRequest(String id, String name) {}

  /**
   * What the result of a tool says about how it went.
   *
   * @param exitCode exit code it names, or null
   * @param error error text it names, or null when it names none
   */
  record ToolResult(@Nullable Integer exitCode, @Nullable String error) {
    static final ToolResult NOTHING = new ToolResult(null, null);
  }

  /**
   * A row of {@code messages}.
   *
   * @param textHash SHA-256 of the content as hex for user rows (and all others of a compacted
   *     session), else empty
   * @param synthetic whether Hermes itself wrote the text of a user row
   * @param summary whether it is the summary a compaction left
   * @param inactive whether a compaction took it out of the conversation
   */
  record Message(
      long id,
      String role,
      long timeNanos,
      @Nullable String finishReason,
      List<ToolRequest> toolRequests,
      @Nullable String toolCallId,
      @Nullable String toolName,
      ToolResult result,
      String textHash,
      boolean synthetic,
      boolean summary,
      boolean inactive) {

    boolean isUser() {
      return role.equals("user");
    }

    boolean isAssistant() {
      return role.equals("assistant");
    }

    boolean isTool() {
      return role.equals("tool");
    }

    /** Two rows with one signature are the same row, written twice by a compaction. */
    String signature() {
      if (isTool()) {
        return "tool " + toolCallId;
      }
      return toolRequests.isEmpty() ? role + ' ' + textHash : "asks " + toolRequests;
    }
  }

  /** A row of {@code session_model_usage}: the sums of one model, provider and task. */
  record Usage(
      String model,
      String provider,
      String baseUrl,
      String mode,
      String task,
      CountedSums sums,
      @Nullable String costStatus,
      long firstNanos,
      long lastNanos) {

    boolean isMain() {
      return task.isEmpty();
    }

    String key() {
      return String.join("\0", model, provider, baseUrl, mode, task);
    }
  }

  /** A session as the store has it at one moment. */
  record View(Session session, List<Message> messages, List<Usage> usage) {}

  /**
   * Seconds since the epoch as SQLite keeps them, in nanoseconds: those of the shortest decimal
   * that stands for the number, which is the one Hermes' clock gave.
   */
  static long nanos(double seconds) {
    if (Double.isNaN(seconds) || Math.abs(seconds) > 9e9) {
      return NO_TIME;
    }
    long micros = Math.round(seconds * 1e6);
    if (micros / 1e6 == seconds) {
      return micros * 1000;
    }
    BigDecimal exact = new BigDecimal(seconds);
    for (int decimals = 7; decimals < 9; decimals++) {
      BigDecimal shorter = exact.setScale(decimals, RoundingMode.HALF_EVEN);
      if (shorter.doubleValue() == seconds) {
        return shorter.movePointRight(9).longValueExact();
      }
    }
    return exact.movePointRight(9).setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }

  /** An amount of money, freed of what binary floating point added to it. */
  static BigDecimal money(double amount) {
    if (Double.isNaN(amount) || Double.isInfinite(amount) || amount <= 0) {
      return BigDecimal.ZERO;
    }
    return new BigDecimal(amount).setScale(12, RoundingMode.HALF_EVEN).stripTrailingZeros();
  }
}
