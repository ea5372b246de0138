package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model call used. A null is not known.
 *
 * @param prompt the whole prompt, cached tokens included
 * @param completion the whole answer
 * @param cached tokens read from or written to a cache
 * @param costUsd cost in US dollars
 * @param lists {@code prompt_token_ids}, {@code completion_token_ids}, {@code logprobs}
 * @param extra further figures
 */
record Metrics(
    @Nullable Long prompt,
    @Nullable Long completion,
    @Nullable Long cached,
    @Nullable BigDecimal costUsd,
    Members lists,
    Members extra) {

  boolean isEmpty() {
    return prompt == null
        && completion == null
        && cached == null
        && costUsd == null
        && extra.isEmpty();
  }

  /** These figures, and another's where these are unknown. */
  Metrics or(@Nullable Metrics other) {
    if (other == null) {
      return this;
    }
    return new Metrics(
        prompt != null ? prompt : other.prompt,
        completion != null ? completion : other.completion,
        cached != null ? cached : other.cached,
        costUsd != null ? costUsd : other.costUsd,
        union(lists, other.lists),
        union(extra, other.extra));
  }

  private static Members union(Members first, Members second) {
    Members union = new Members();
    union.putAll(first);
    for (Map.Entry<String, @Nullable Object> member : second.entrySet()) {
      union.putIfAbsent(member.getKey(), member.getValue());
    }
    return union;
  }

  Members toTree() {
    Members tree = new Members();
    tree.putAll(lists);
    return tree.with("prompt_tokens", number(prompt))
        .with("completion_tokens", number(completion))
        .with("cached_tokens", number(cached))
        .with("cost_usd", costUsd == null ? null : NumberText.of(costUsd))
        .with("extra", extra.isEmpty() ? null : extra);
  }

  static @Nullable NumberText number(@Nullable Long value) {
    return value == null ? null : NumberText.of(value);
  }
}
