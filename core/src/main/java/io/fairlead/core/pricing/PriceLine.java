package io.fairlead.core.pricing;

import io.fairlead.spi.ModelPricing.Question;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.event.EpochNanos;
import io.fairlead.spi.event.TokenUsage;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One question of a stream.
 *
 * @param question what is asked, or null when its usage is contradictory
 * @param context what else the price may depend on
 * @param calls how many calls the usage is the sum of
 * @param fault why there is no question, or null
 */
record PriceLine(
    @Nullable Question question, Map<String, String> context, long calls, @Nullable String fault) {

  private static final long MAX_COUNT = Long.MAX_VALUE / 16;
  private static final String SERVICE_TIER = "service_tier";

  /** Stands for null: JSON has no such value. */
  private static final ConfigNode NULL = new ConfigNode.DateTime("null", null);

  private static final String TOTAL = "total_tokens";

  private static final Set<String> COUNTS =
      Set.of(
          "input_tokens",
          "cache_read_tokens",
          "cache_write_tokens",
          "cache_write_1h_tokens",
          "input_audio_tokens",
          "output_tokens",
          "reasoning_tokens",
          "output_audio_tokens",
          TOTAL);

  /** A line that asks nothing. */
  static final class FaultyException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean object;

    FaultyException(String message, boolean object) {
      super(message, null, false, false);
      this.object = object;
    }

    /** Whether the line is an object at least. */
    boolean isObject() {
      return object;
    }
  }

  /** A usage that cannot be. */
  private static final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
      super(message, null, false, false);
    }
  }

  static PriceLine parse(String line, InstantSource clock) throws FaultyException {
    ConfigNode.Table table = object(line);
    String provider = name(table, "provider");
    String model = name(table, "model");
    if (!(table.get("usage") instanceof ConfigNode.Table usage)) {
      throw new FaultyException("there is no usage", true);
    }
    long time = nanos(table, clock);
    long calls = calls(table);
    Map<String, String> context = context(table);
    if (model == null) {
      return unknown(context, "the model is not known");
    }
    if (usage.entries().values().stream().allMatch(entry -> NULL.equals(entry.value()))) {
      return unknown(context, "the tokens are not known");
    }
    try {
      Question question = new Question(provider, model, usage(usage), time);
      return new PriceLine(question, context, calls, null);
    } catch (UsageException e) {
      return unknown(context, "invalid usage: " + e.getMessage());
    }
  }

  private static PriceLine unknown(Map<String, String> context, String reason) {
    return new PriceLine(null, context, 1, reason);
  }

  /** A text, or null when the line does not say. */
  private static @Nullable String name(ConfigNode.Table table, String key) throws FaultyException {
    ConfigNode node = present(table, key);
    if (node != null && !(node instanceof ConfigNode.Text)) {
      throw new FaultyException("its " + key + " is not a string", true);
    }
    return Nodes.text(node);
  }

  private static @Nullable ConfigNode present(ConfigNode.Table table, String key) {
    ConfigNode node = table.get(key);
    return NULL.equals(node) ? null : node;
  }

  private static long calls(ConfigNode.Table table) throws FaultyException {
    ConfigNode node = present(table, "calls");
    Long calls = node == null ? Long.valueOf(1) : Nodes.count(node);
    if (calls == null) {
      throw new FaultyException("its calls are not a count", true);
    }
    return calls;
  }

  private static ConfigNode.Table object(String line) throws FaultyException {
    try {
      if (JsonTree.parse(line, null, NULL) instanceof ConfigNode.Table table) {
        return table;
      }
    } catch (JsonTree.MalformedException e) {
      throw new FaultyException("it is not JSON: " + e.getMessage(), false);
    }
    throw new FaultyException("it is not a JSON object", false);
  }

  private static long nanos(ConfigNode.Table table, InstantSource clock) throws FaultyException {
    ConfigNode node = present(table, "timestamp");
    Instant instant = clock.instant();
    try {
      if (node != null) {
        String text = Nodes.text(node);
        instant = OffsetDateTime.parse(text == null ? "" : text).toInstant();
      }
      return EpochNanos.of(instant);
    } catch (DateTimeException | ArithmeticException e) {
      throw new FaultyException("its timestamp is not RFC 3339", true);
    }
  }

  private static Map<String, String> context(ConfigNode.Table table) {
    Map<String, String> context = new HashMap<>();
    Nodes.table(table.get("context"))
        .entries()
        .forEach((key, entry) -> put(context, key, entry.value()));
    put(context, SERVICE_TIER, table.get(SERVICE_TIER));
    return context;
  }

  private static void put(Map<String, String> context, String key, @Nullable ConfigNode node) {
    String text = Nodes.text(node);
    if (text != null) {
      context.put(key, text);
    }
  }

  private static TokenUsage usage(ConfigNode.Table usage) throws UsageException {
    for (String name : usage.entries().keySet()) {
      if (!COUNTS.contains(name)) {
        throw new UsageException("'" + name + "' is not a bucket");
      }
    }
    long output = count(usage, "output_tokens");
    long reasoning = count(usage, "reasoning_tokens");
    if (output != TokenUsage.UNKNOWN && reasoning > output) {
      throw new UsageException("reasoning_tokens exceed output_tokens");
    }
    TokenUsage counts = counts(usage, output, reasoning);
    boolean known =
        counts.totalInput() != TokenUsage.UNKNOWN && counts.totalOutput() != TokenUsage.UNKNOWN;
    if (known && count(usage, TOTAL) > counts.totalInput() + counts.totalOutput()) {
      throw new UsageException("total_tokens exceed the buckets, so their split is not known");
    }
    return counts;
  }

  private static TokenUsage counts(ConfigNode.Table usage, long output, long reasoning)
      throws UsageException {
    long audio = count(usage, "output_audio_tokens");
    boolean known = output != TokenUsage.UNKNOWN;
    boolean split = known && reasoning != TokenUsage.UNKNOWN;
    return new TokenUsage(
        count(usage, "input_tokens"),
        count(usage, "cache_read_tokens"),
        count(usage, "cache_write_tokens"),
        count(usage, "cache_write_1h_tokens"),
        count(usage, "input_audio_tokens"),
        split ? output - reasoning : TokenUsage.UNKNOWN,
        reasoning,
        audio,
        TokenUsage.UNKNOWN,
        known && audio != TokenUsage.UNKNOWN ? output + audio : TokenUsage.UNKNOWN);
  }

  private static long count(ConfigNode.Table usage, String name) throws UsageException {
    ConfigNode node = usage.get(name);
    if (NULL.equals(node)) {
      return TokenUsage.UNKNOWN;
    }
    Long count = node == null ? Long.valueOf(0) : Nodes.count(node);
    if (count == null || count > MAX_COUNT) {
      throw new UsageException(name + " is not a count");
    }
    return count;
  }
}
