package io.fairlead.cli.report;

import io.fairlead.spi.event.TokenUsage;

/** Sums of token buckets that reports show. */
final class Tokens {

  private Tokens() {}

  /** Input that neither came from nor went to a cache. */
  static long uncachedInput(TokenUsage usage) {
    return sum(usage.input(), usage.inputAudio());
  }

  private static long sum(long a, long b) {
    return a == TokenUsage.UNKNOWN || b == TokenUsage.UNKNOWN ? TokenUsage.UNKNOWN : a + b;
  }
}
