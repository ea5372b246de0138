package io.fairlead.atof.bodies;

import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Cost;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an answer says it cost: {@code usage.cost_usd}, {@code usage.cost} as a number of US
 * dollars, or as an object with a total or its parts.
 */
final class CostReader {

  private static final String DOLLARS = "USD";
  private static final List<String> PARTS = List.of("input", "output", "cache_read", "cache_write");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  /** Whose costs are in dollars. */
  private static final Set<String> SOURCES = Set.of("provider_reported", "model_pricing");

  /** No amount of money has more digits; a number that claims to is no amount. */
  private static final int MOST_DIGITS = 40;

  private CostReader() {}

  /**
   * What a usage says the answer cost.
   *
   * @param shape the answer's shape; null when it has none, so that a bare number may be anything
   */
  static @Nullable Cost read(@Nullable BodyShape shape, Map<?, ?> usage) {
    if (shape == BodyShape.OPENCLAW_MESSAGE) {
      return openClaw(usage);
    }
    BigDecimal dollars = amount(usage.get("cost_usd"));
    if (dollars == null && shape != null) {
      dollars = amount(usage.get("cost"));
    }
    if (dollars != null) {
      return reported(dollars, DOLLARS);
    }
    Map<?, ?> cost = Fields.object(usage, "cost");
    BigDecimal total = amount(cost.get("total"));
    String currency = currency(cost);
    if (total == null) {
      total = sum(cost);
    }
    return total == null || currency == null ? null : reported(total, currency);
  }

  /** Its currency, dollars unless it says otherwise; null when what it says is none. */
  private static @Nullable String currency(Map<?, ?> cost) {
    String currency = Fields.text(cost, "currency", DOLLARS).toUpperCase(Locale.ROOT);
    return CURRENCY.matcher(currency).matches() ? currency : null;
  }

  /**
   * Whether a usage of no known API gives its cost in parts alone, with neither a currency nor the
   * name of who worked it out.
   */
  static boolean isVague(Map<?, ?> usage) {
    Map<?, ?> cost = Fields.object(usage, "cost");
    return amount(usage.get("cost_usd")) == null
        && amount(cost.get("total")) == null
        && Fields.text(cost, "currency") == null
        && !SOURCES.contains(Fields.text(cost, "source", ""));
  }

  /** OpenClaw works it out itself, from its own prices; without prices it writes 0. */
  private static @Nullable Cost openClaw(Map<?, ?> usage) {
    BigDecimal total = amount(Fields.object(usage, "cost").get("total"));
    return total == null || total.signum() == 0
        ? null
        : new Cost(total, DOLLARS, Cost.Status.ESTIMATED, Cost.Source.RUNTIME);
  }

  private static @Nullable BigDecimal sum(Map<?, ?> cost) {
    BigDecimal sum = null;
    for (String part : PARTS) {
      BigDecimal amount = amount(cost.get(part));
      if (amount != null) {
        sum = sum == null ? amount : sum.add(amount);
      }
    }
    return sum;
  }

  private static Cost reported(BigDecimal amount, String currency) {
    return new Cost(amount, currency, Cost.Status.REPORTED, Cost.Source.PROVIDER);
  }

  private static @Nullable BigDecimal amount(@Nullable Object value) {
    if (!(value instanceof NumberText number) || number.text().length() > MOST_DIGITS) {
      return null;
    }
    BigDecimal amount = number.asDecimal();
    boolean sane = amount.signum() >= 0 && Math.abs((long) amount.scale()) <= MOST_DIGITS;
    return sane ? amount : null;
  }
}
