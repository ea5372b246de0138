package io.fairlead.atof.bodies;

import static io.fairlead.spi.event.TokenUsage.UNKNOWN;

import io.fairlead.spi.event.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Counts of tokens as a body says them, on the way to disjoint buckets.
 *
 * <p>An API that says how large a prompt was says also what of it a cache served, if any: what is
 * left of the prompt after the buckets it names is {@code input}. The buckets it does not name stay
 * unknown. Counts that contradict each other leave the totals only.
 */
final class Counts {

  long prompt = UNKNOWN;
  long input = UNKNOWN;
  long cacheRead = UNKNOWN;
  long cacheWrite5m = UNKNOWN;
  long cacheWrite1h = UNKNOWN;
  long inputAudio = UNKNOWN;
  long answer = UNKNOWN;
  long output = UNKNOWN;
  long reasoning = UNKNOWN;
  long outputAudio = UNKNOWN;

  /** Tokens written to a cache for a time that is not said. */
  void cacheWrite(long tokens) {
    cacheWrite5m = tokens;
    cacheWrite1h = tokens == UNKNOWN ? UNKNOWN : 0;
  }

  /** The usage; null when no count is known. */
  @Nullable TokenUsage toUsage() {
    promptSide();
    answerSide();
    return prompt == UNKNOWN && answer == UNKNOWN && cacheRead == UNKNOWN
        ? null
        : new TokenUsage(
            input,
            cacheRead,
            cacheWrite5m,
            cacheWrite1h,
            inputAudio,
            output,
            reasoning,
            outputAudio,
            prompt,
            answer);
  }

  private void promptSide() {
    long apart = known(cacheRead) + known(cacheWrite5m) + known(cacheWrite1h) + known(inputAudio);
    if (prompt == UNKNOWN && input != UNKNOWN) {
      prompt = input + apart;
    } else if (prompt != UNKNOWN && input == UNKNOWN && prompt >= apart) {
      input = prompt - apart;
    } else if (prompt != UNKNOWN && known(input) + apart != prompt) {
      input = UNKNOWN;
      cacheRead = UNKNOWN;
      cacheWrite(UNKNOWN);
      inputAudio = UNKNOWN;
    }
  }

  private void answerSide() {
    long apart = known(reasoning) + known(outputAudio);
    if (answer == UNKNOWN && output != UNKNOWN) {
      answer = output + apart;
    } else if (answer == UNKNOWN && reasoning != UNKNOWN) {
      answer = apart;
    } else if (answer != UNKNOWN && output == UNKNOWN && reasoning == UNKNOWN) {
      outputAudio = UNKNOWN;
    } else if (answer != UNKNOWN && output == UNKNOWN && answer >= apart) {
      output = answer - apart;
    } else if (answer != UNKNOWN && known(output) + apart != answer) {
      output = UNKNOWN;
      reasoning = UNKNOWN;
      outputAudio = UNKNOWN;
    }
  }

  private static long known(long count) {
    return Math.max(0, count);
  }
}
