package io.fairlead.exporters.files.atif;

import io.fairlead.atof.bodies.Figures;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Cost;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The figures of a model's answer as a trajectory has them, with what else its usage says. */
final class UsageBody {

  private static final List<String> USAGES = List.of("usage", "token_usage");
  private static final List<String> LISTS =
      List.of("prompt_token_ids", "completion_token_ids", "logprobs");

  /** Members of a usage that are not repeated in {@code extra}. */
  private static final Set<String> SHOWN =
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

  private UsageBody() {}

  /**
   * The figures of an answer, or null when it has none.
   *
   * @param caller name of the model scope
   */
  static @Nullable Metrics read(@Nullable Object body, String caller) {
    if (body == null) {
      return null;
    }
    Figures figures = Figures.of(body, caller);
    Cost cost = figures.cost();
    Metrics metrics =
        new Metrics(
            figures.prompt(),
            figures.completion(),
            figures.cached(),
            figures.vagueCost() || cost == null || !cost.currency().equals("USD")
                ? null
                : cost.amount(),
            lists(body),
            extra(body));
    return metrics.isEmpty() ? null : metrics;
  }

  private static Members lists(Object body) {
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

  private static Members extra(Object body) {
    Members extra = new Members();
    for (String name : USAGES) {
      for (Map.Entry<String, @Nullable Object> member :
          JsonTree.copy(JsonTree.at(body, name)).entrySet()) {
        if (!SHOWN.contains(member.getKey())) {
          extra.put(member.getKey(), member.getValue());
        }
      }
    }
    return extra;
  }
}
