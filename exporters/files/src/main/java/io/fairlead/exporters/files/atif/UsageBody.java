package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tokens and cost from the body of a model's answer, in the spellings there are. */
final class UsageBody {

  private static final List<String> PROMPT =
      List.of("prompt_tokens", "input_tokens", "inputTokens", "input", "promptTokenCount");
  private static final List<String> COMPLETION =
      List.of("completion_tokens", "output_tokens", "completionTokens", "outputTokens", "output");
  private static final List<String> CACHED = List.of("cached_tokens", "cachedTokens");
  private static final List<String> DETAILS =
      List.of("prompt_tokens_details", "input_tokens_details");
  private static final List<String> CACHE_READ =
      List.of(
          "cache_read_tokens",
          "cache_read_input_tokens",
          "cacheReadTokens",
          "cacheReadInputTokens",
          "cacheRead",
          "cachedContentTokenCount");
  private static final List<String> CACHE_WRITE =
      List.of(
          "cache_write_tokens",
          "cache_creation_input_tokens",
          "cacheWriteTokens",
          "cacheCreationInputTokens",
          "cacheWrite");
  private static final List<String> LISTS =
      List.of("prompt_token_ids", "completion_token_ids", "logprobs");
  private static final Set<String> READ =
      Set.of(
          "prompt_tokens",
          "input_tokens",
          "inputTokens",
          "input",
          "completion_tokens",
          "output_tokens",
          "completionTokens",
          "outputTokens",
          "output",
          "cached_tokens",
          "cachedTokens",
          "cache_read_tokens",
          "cacheReadTokens",
          "cache_read_input_tokens",
          "cacheReadInputTokens",
          "cacheRead",
          "cache_creation_input_tokens",
          "cacheCreationInputTokens",
          "cache_write_tokens",
          "cacheWriteTokens",
          "cacheWrite",
          "cost_usd",
          "cost",
          "prompt_tokens_details",
          "input_tokens_details",
          "prompt_token_ids",
          "completion_token_ids",
          "logprobs");
  private static final List<String> COST_PARTS =
      List.of("input", "output", "cache_read", "cache_write");
  private static final Set<String> COST_SOURCES = Set.of("provider_reported", "model_pricing");

  private final Object body;
  private final @Nullable Surface surface;

  /** {@code usage}, then {@code token_usage}. */
  private final List<Members> usages = new ArrayList<>();

  private UsageBody(Object body) {
    this.body = body;
    this.surface = Surface.of(body);
    for (String name : List.of("usage", "token_usage", "usageMetadata")) {
      boolean counts = !name.equals("usageMetadata") || surface == Surface.GEMINI;
      if (counts && JsonTree.at(body, name) instanceof Members usage) {
        usages.add(usage);
      }
    }
  }

  /**
   * The figures of an answer, or null when it has none.
   *
   * @param provider name of the model scope
   */
  static @Nullable Metrics read(@Nullable Object body, String provider) {
    if (body == null) {
      return null;
    }
    Metrics metrics = new UsageBody(body).metrics(provider);
    return metrics.isEmpty() ? null : metrics;
  }

  private Metrics metrics(String provider) {
    Long read = cacheRead();
    Long write = first(CACHE_WRITE);
    Long prompt = first(PROMPT);
    if (prompt != null && countsCacheApart(provider)) {
      prompt += (read == null ? 0 : read) + (write == null ? 0 : write);
    }
    Long cached = read == null ? write : write == null ? read : (Long) (read + write);
    return new Metrics(prompt, completion(), cached, cost(), lists(), extra());
  }

  private boolean countsCacheApart(String provider) {
    String name = provider.toLowerCase(Locale.ROOT);
    return surface == Surface.ANTHROPIC
        || name.startsWith("anthropic")
        || name.startsWith("claude");
  }

  private @Nullable Long completion() {
    Long completion = first(COMPLETION);
    if (completion != null || surface != Surface.GEMINI) {
      return completion;
    }
    Long said = first(List.of("candidatesTokenCount"));
    Long thought = first(List.of("thoughtsTokenCount"));
    return said == null ? thought : thought == null ? said : (Long) (said + thought);
  }

  private @Nullable Long cacheRead() {
    Long cached = first(CACHED);
    for (String details : DETAILS) {
      for (Members usage : usages) {
        cached =
            cached != null ? cached : JsonTree.count(JsonTree.at(usage, details, "cached_tokens"));
      }
    }
    return cached != null ? cached : first(CACHE_READ);
  }

  private @Nullable Long first(List<String> names) {
    for (Members usage : usages) {
      for (String name : names) {
        Long count = JsonTree.count(usage.get(name));
        if (count != null) {
          return count;
        }
      }
    }
    return null;
  }

  private Members lists() {
    Object usage = JsonTree.at(body, "token_usage");
    Object given = usage != null ? usage : JsonTree.at(body, "usage");
    Members lists = new Members();
    for (String name : LISTS) {
      List<@Nullable Object> list = JsonTree.list(given, name);
      if (list != null) {
        lists.put(name, list.stream().filter(NumberText.class::isInstance).toList());
      }
    }
    return lists;
  }

  private Members extra() {
    Members extra = new Members();
    for (Members usage : usages) {
      if (usage != JsonTree.at(body, "usageMetadata")) {
        for (Map.Entry<String, @Nullable Object> member : usage.entrySet()) {
          if (!READ.contains(member.getKey())) {
            extra.put(member.getKey(), member.getValue());
          }
        }
      }
    }
    return extra;
  }

  private @Nullable BigDecimal cost() {
    for (Members usage : usages) {
      BigDecimal dollars = JsonTree.decimal(usage.get("cost_usd"));
      BigDecimal cost = dollars != null ? dollars : cost(usage.get("cost"));
      if (cost != null) {
        return cost;
      }
    }
    return null;
  }

  private @Nullable BigDecimal cost(@Nullable Object cost) {
    if (!(cost instanceof Members parts)) {
      return surface == Surface.CHAT ? JsonTree.decimal(cost) : null;
    }
    BigDecimal total = JsonTree.decimal(parts.get("total"));
    String currency = JsonTree.text(parts, "currency");
    boolean dollars =
        currency != null
            ? currency.equalsIgnoreCase("USD")
            : surface != null
                || total != null
                || COST_SOURCES.contains(String.valueOf(JsonTree.text(parts, "source")));
    if (!dollars || total != null) {
      return dollars ? total : null;
    }
    BigDecimal sum = null;
    for (String part : COST_PARTS) {
      BigDecimal amount = JsonTree.decimal(parts.get(part));
      sum = amount == null ? sum : sum == null ? amount : sum.add(amount);
    }
    return sum;
  }
}
