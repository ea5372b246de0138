package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one model call as spans show them. A count that is not known is {@link
 * TokenUsage#UNKNOWN}.
 *
 * @param prompt the whole prompt, what came from and went to a cache included
 * @param completion the whole answer
 * @param total both, as the provider or the runtime says
 * @param cacheRead part of the prompt
 * @param cacheWrite part of the prompt
 * @param reasoning part of the answer
 */
record ModelUsage(
    long prompt, long completion, long total, long cacheRead, long cacheWrite, long reasoning) {

  static final ModelUsage NONE = new ModelUsage(-1, -1, -1, -1, -1, -1);

  private static final List<String> PROMPT =
      List.of("prompt_tokens", "input_tokens", "inputTokens", "input");
  private static final List<String> COMPLETION =
      List.of("completion_tokens", "output_tokens", "completionTokens", "outputTokens", "output");
  private static final List<String> TOTAL = List.of("total_tokens", "totalTokens", "total");
  private static final List<String> CACHED = List.of("cached_tokens", "cachedTokens");
  private static final List<String> CACHE_READ =
      List.of(
          "cache_read_tokens",
          "cache_read_input_tokens",
          "cacheReadTokens",
          "cacheReadInputTokens",
          "cacheRead");
  private static final List<String> CACHE_WRITE =
      List.of(
          "cache_write_tokens",
          "cache_creation_input_tokens",
          "cacheWriteTokens",
          "cacheCreationInputTokens",
          "cacheWrite");
  private static final List<String> COST_PARTS =
      List.of("input", "output", "cache_read", "cache_write");

  static ModelUsage of(TokenUsage usage) {
    boolean whole = usage.totalInput() >= 0 && usage.totalOutput() >= 0;
    return new ModelUsage(
        usage.totalInput(),
        usage.totalOutput(),
        whole ? usage.totalInput() + usage.totalOutput() : -1,
        usage.cacheRead(),
        usage.cacheWrite(),
        usage.reasoning());
  }

  /**
   * The usage an answer holds, whoever wrote it.
   *
   * @param apart whether the provider counts cached tokens apart from the prompt
   */
  static ModelUsage of(Map<?, ?> answer, boolean apart) {
    Map<?, ?> usage = counts(answer);
    long prompt = first(usage, PROMPT);
    long completion = first(usage, COMPLETION);
    long read = first(usage, CACHED);
    for (String details : List.of("prompt_tokens_details", "input_tokens_details")) {
      read = read >= 0 ? read : first(members(usage.get(details)), CACHED.subList(0, 1));
    }
    read = read >= 0 ? read : first(usage, CACHE_READ);
    long write = first(usage, CACHE_WRITE);
    long total = first(usage, TOTAL);
    long reasoning =
        first(members(usage.get("output_tokens_details")), List.of("reasoning_tokens"));
    if (apart && prompt >= 0) {
      prompt += Math.max(0, read) + Math.max(0, write);
      total = completion < 0 ? total : prompt + completion;
    } else if (total < Math.max(0, prompt) + Math.max(0, completion)) {
      total = -1;
    }
    return new ModelUsage(prompt, completion, total, read, write, reasoning);
  }

  /** What an answer says it cost, or null. */
  static @Nullable Cost cost(Map<?, ?> answer) {
    Map<?, ?> usage = counts(answer);
    BigDecimal dollars = amount(usage.get("cost_usd"));
    if (dollars == null) {
      dollars = amount(usage.get("cost"));
    }
    if (dollars != null) {
      return reported(dollars, "USD");
    }
    Map<?, ?> cost = members(usage.get("cost"));
    BigDecimal total = amount(cost.get("total"));
    for (String part : total == null ? COST_PARTS : List.<String>of()) {
      BigDecimal amount = amount(cost.get(part));
      total = amount == null ? total : total == null ? amount : total.add(amount);
    }
    String currency = cost.get("currency") instanceof String given ? given : "USD";
    return total == null ? null : reported(total, currency);
  }

  private static @Nullable Cost reported(BigDecimal amount, String currency) {
    return amount.signum() < 0
        ? null
        : new Cost(amount, currency, Cost.Status.REPORTED, Cost.Source.PROVIDER);
  }

  private static @Nullable BigDecimal amount(@Nullable Object value) {
    return value instanceof NumberText number ? new BigDecimal(number.text()) : null;
  }

  private static Map<?, ?> counts(Map<?, ?> answer) {
    return answer.get("usage") instanceof Map<?, ?> usage
        ? usage
        : members(answer.get("token_usage"));
  }

  private static Map<?, ?> members(@Nullable Object value) {
    return value instanceof Map<?, ?> members ? members : Map.of();
  }

  private static long first(Map<?, ?> counts, List<String> names) {
    for (String name : names) {
      if (counts.get(name) instanceof NumberText number) {
        Long count = number.asLong();
        if (count != null && count >= 0) {
          return count;
        }
      }
    }
    return -1;
  }
}
