package io.fairlead.cli.report;

import io.fairlead.spi.event.TokenUsage;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Token buckets as reports need them. */
final class Tokens {

  private Tokens() {}

  /** Input that neither came from nor went to a cache. */
  static long uncachedInput(TokenUsage usage) {
    return sum(usage.input(), usage.inputAudio());
  }

  private static long sum(long a, long b) {
    return a == TokenUsage.UNKNOWN || b == TokenUsage.UNKNOWN ? TokenUsage.UNKNOWN : a + b;
  }

  static void write(DataOutput out, TokenUsage usage) throws IOException {
    out.writeLong(usage.input());
    out.writeLong(usage.cacheRead());
    out.writeLong(usage.cacheWrite5m());
    out.writeLong(usage.cacheWrite1h());
    out.writeLong(usage.inputAudio());
    out.writeLong(usage.output());
    out.writeLong(usage.reasoning());
    out.writeLong(usage.outputAudio());
    out.writeLong(usage.totalInput());
    out.writeLong(usage.totalOutput());
  }

  static TokenUsage read(DataInput in) throws IOException {
    return new TokenUsage(
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong());
  }
}
