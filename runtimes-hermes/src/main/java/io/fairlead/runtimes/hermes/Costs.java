package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.turns.CountedSums;
import io.fairlead.runtimes.hermes.Rows.Session;
import io.fairlead.runtimes.hermes.Rows.Usage;
import io.fairlead.spi.event.Cost;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hermes' cost fields and provider names as Fairlead's. */
final class Costs {

  private static final String CURRENCY = "USD";
  private static final String AUTO = "auto";

  private Costs() {}

  /**
   * The cost of a part of a usage row, or null when it is not known: Hermes writes 0 both for what
   * is free and for what it has no price of.
   */
  static @Nullable Cost of(Usage row, CountedSums part) {
    String status = row.costStatus() == null ? "" : row.costStatus();
    BigDecimal amount = part.amount();
    return switch (status) {
      case "included" ->
          new Cost(BigDecimal.ZERO, CURRENCY, Cost.Status.INCLUDED, Cost.Source.RUNTIME);
      case "actual" ->
          amount.signum() < 0
              ? null
              : new Cost(amount, CURRENCY, Cost.Status.REPORTED, Cost.Source.PROVIDER);
      case "estimated", "" ->
          amount.signum() <= 0
              ? null
              : new Cost(amount, CURRENCY, Cost.Status.ESTIMATED, Cost.Source.RUNTIME);
      default -> null;
    };
  }

  /** The sum of costs with the worst status among them; null when one is not known. */
  static @Nullable Cost sum(List<@Nullable Cost> costs) {
    Cost sum = null;
    for (Cost cost : costs) {
      if (cost == null) {
        return null;
      }
      if (sum == null) {
        sum = cost;
      } else {
        Cost worse = cost.status().compareTo(sum.status()) > 0 ? cost : sum;
        sum = new Cost(sum.amount().add(cost.amount()), CURRENCY, worse.status(), worse.source());
      }
    }
    return sum;
  }

  /**
   * The provider of a row. Auxiliary rows say {@code auto}: it is the session's provider when the
   * endpoint is the same.
   */
  static @Nullable String provider(Usage row, Session session, List<Usage> rows) {
    if (!row.provider().equals(AUTO)) {
      return row.provider().isEmpty() ? null : row.provider();
    }
    String endpoint = endpoint(row.baseUrl());
    if (session.provider() != null && endpoint.equals(endpoint(session.baseUrl()))) {
      return session.provider();
    }
    return rows.stream()
        .filter(other -> other.isMain() && endpoint.equals(endpoint(other.baseUrl())))
        .map(Usage::provider)
        .findFirst()
        .orElse(AUTO);
  }

  private static String endpoint(@Nullable String url) {
    if (url == null) {
      return "";
    }
    return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
  }
}
