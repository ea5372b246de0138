package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Typed usage and cost as the figures of a trajectory. What is not known stays out. */
final class FactMetrics {

  private FactMetrics() {}

  static @Nullable Metrics of(@Nullable TokenUsage usage, @Nullable Cost cost) {
    Members extra = new Members();
    if (usage != null && usage.reasoning() > 0) {
      extra.put("reasoning_tokens", NumberText.of(usage.reasoning()));
    }
    if (cost != null) {
      extra.put("cost", cost(cost));
    }
    BigDecimal dollars = cost != null && cost.currency().equals("USD") ? cost.amount() : null;
    Metrics metrics =
        new Metrics(
            usage == null ? null : known(usage.totalInput()),
            usage == null ? null : known(usage.totalOutput()),
            usage == null ? null : cached(usage),
            dollars,
            new Members(),
            extra);
    return metrics.isEmpty() ? null : metrics;
  }

  private static @Nullable Long cached(TokenUsage usage) {
    Long read = known(usage.cacheRead());
    Long write = known(usage.cacheWrite());
    return read == null ? write : write == null ? read : (Long) (read + write);
  }

  private static @Nullable Long known(long count) {
    return count == TokenUsage.UNKNOWN ? null : (Long) count;
  }

  private static Members cost(Cost cost) {
    return new Members()
        .with("amount", cost.amount().toPlainString())
        .with("currency", cost.currency())
        .with("status", cost.status().name().toLowerCase(Locale.ROOT))
        .with("source", cost.source().name().toLowerCase(Locale.ROOT));
  }
}
