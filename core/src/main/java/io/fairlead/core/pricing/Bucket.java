package io.fairlead.core.pricing;

import io.fairlead.spi.event.TokenUsage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The disjoint buckets of {@link TokenUsage} that can have a price of their own. */
enum Bucket {
  INPUT("input", null, TokenUsage::input),
  CACHE_READ("cache_read", INPUT, TokenUsage::cacheRead),
  CACHE_WRITE("cache_write", INPUT, TokenUsage::cacheWrite5m),
  CACHE_WRITE_1H("cache_write_1h", CACHE_WRITE, TokenUsage::cacheWrite1h),
  INPUT_AUDIO("input_audio", INPUT, TokenUsage::inputAudio),
  OUTPUT("output", null, TokenUsage::output),
  REASONING("reasoning", OUTPUT, TokenUsage::reasoning),
  OUTPUT_AUDIO("output_audio", OUTPUT, TokenUsage::outputAudio);

  /** The buckets that add up to {@link TokenUsage#totalInput()}. */
  static final List<Bucket> PROMPT =
      List.of(INPUT, CACHE_READ, CACHE_WRITE, CACHE_WRITE_1H, INPUT_AUDIO);

  /** The buckets that add up to {@link TokenUsage#totalOutput()}. */
  static final List<Bucket> ANSWER = List.of(OUTPUT, REASONING, OUTPUT_AUDIO);

  private final String label;
  private final @Nullable Bucket parent;
  private final ToLongFunction<TokenUsage> count;

  Bucket(String label, @Nullable Bucket parent, ToLongFunction<TokenUsage> count) {
    this.label = label;
    this.parent = parent;
    this.count = count;
  }

  /** The word for the bucket in messages and field names. */
  String label() {
    return label;
  }

  /** The bucket whose price stands in where a catalog prices this one no differently, or null. */
  @Nullable Bucket parent() {
    return parent;
  }

  /** The bucket's count, or {@link TokenUsage#UNKNOWN}. */
  long count(TokenUsage usage) {
    return count.applyAsLong(usage);
  }

  /** The parent of each bucket that has one, parents before children. */
  static Map<Bucket, Bucket> parents() {
    Map<Bucket, Bucket> parents = new EnumMap<>(Bucket.class);
    for (Bucket bucket : values()) {
      if (bucket.parent != null) {
        parents.put(bucket, bucket.parent);
      }
    }
    return parents;
  }
}
