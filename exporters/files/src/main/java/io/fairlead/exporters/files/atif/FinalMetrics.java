package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums over the steps of a trajectory. A sum nobody knows a part of is absent. */
final class FinalMetrics {

  private FinalMetrics() {}

  /**
   * The sums.
   *
   * @param more usage of calls that are no steps, because the runtime knows them in sum only
   */
  static Members of(List<Step> steps, List<Metrics> more) {
    Long prompt = null;
    Long completion = null;
    Long cached = null;
    BigDecimal cost = null;
    List<@Nullable Metrics> parts =
        Stream.concat(
                steps.stream().filter(step -> step.counted).map(step -> step.metrics),
                more.stream())
            .toList();
    for (Metrics metrics : parts) {
      if (metrics != null) {
        prompt = sum(prompt, metrics.prompt());
        completion = sum(completion, metrics.completion());
        cached = sum(cached, metrics.cached());
        BigDecimal part = metrics.costUsd();
        cost = cost == null ? part : part == null ? cost : cost.add(part);
      }
    }
    return new Members()
        .with("total_prompt_tokens", Metrics.number(prompt))
        .with("total_completion_tokens", Metrics.number(completion))
        .with("total_cached_tokens", Metrics.number(cached))
        .with("total_cost_usd", cost == null ? null : NumberText.of(cost))
        .with("total_steps", NumberText.of(steps.size()));
  }

  private static @Nullable Long sum(@Nullable Long total, @Nullable Long part) {
    return total == null ? part : part == null ? total : (Long) (total + part);
  }
}
