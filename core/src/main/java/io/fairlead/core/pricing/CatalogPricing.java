package io.fairlead.core.pricing;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Prices calls from tables. The first table that knows the model decides, also when it has no price
 * for the call at hand: a looser source never stands in for a stricter one unnoticed.
 */
final class CatalogPricing implements ExplainedPricing {

  /** Names come from outside; the cache must not grow with them. */
  private static final int MAX_CACHED = 4096;

  private static final Explanation UNKNOWN_MODEL =
      new Explanation(Quote.unknown("no price is known for this model"), null);

  private final String component;
  private final List<PriceTable> tables;
  private final boolean anyProvider;
  private final DiagnosticSink diagnostics;
  private final Map<Key, Match> matches = new ConcurrentHashMap<>();

  private record Key(@Nullable String provider, String model) {}

  /** What a model was found to be; without entries when no table knows it. */
  private record Match(List<PriceEntry> entries) {
    private static final Match NONE = new Match(List.of());
  }

  /**
   * A pricing.
   *
   * @param tables in order of precedence
   * @param anyProvider whether another provider's price may stand in for a model no table knows
   */
  CatalogPricing(
      String component, List<PriceTable> tables, boolean anyProvider, DiagnosticSink diagnostics) {
    this.component = component;
    this.tables = List.copyOf(tables);
    this.anyProvider = anyProvider;
    this.diagnostics = diagnostics;
  }

  @Override
  public Explanation explain(Question question, Map<String, String> context) {
    List<PriceEntry> entries = match(question).entries();
    if (entries.isEmpty()) {
      return UNKNOWN_MODEL;
    }
    LocalDateTime time =
        LocalDateTime.ofInstant(Instant.ofEpochSecond(0, question.timeNanos()), ZoneOffset.UTC);
    for (PriceEntry entry : entries) {
      Schedule schedule = entry.schedule(time, context);
      if (schedule != null) {
        return new Explanation(quote(entry, schedule, question.usage()), entry.catalog());
      }
    }
    PriceEntry first = entries.get(0);
    String reason =
        first.schedules().isEmpty()
            ? "the entry has no price per token"
            : "no price was valid on " + time.toLocalDate();
    return new Explanation(new Quote(null, first.label(), null, reason), first.catalog());
  }

  private static Quote quote(PriceEntry entry, Schedule schedule, TokenUsage usage) {
    if (usage.isEmpty() && !entry.rules().pricesEmptyUsage()) {
      return new Quote(null, entry.label(), null, "the call used no tokens");
    }
    Tier tier = schedule.tiers().get(0);
    String label = null;
    if (schedule.isTiered()) {
      long prompt = entry.rules().prompt(usage);
      if (prompt == TokenUsage.UNKNOWN) {
        return new Quote(
            null, entry.label(), null, "the tier is open: the prompt's size is not known");
      }
      tier = schedule.tier(prompt);
      if (tier == null) {
        return new Quote(null, entry.label(), null, "no tier holds a prompt of " + prompt);
      }
      label = tier.label();
    }
    CostCalculator.Result result = CostCalculator.cost(tier.rates(), usage);
    BigDecimal amount = result.amount();
    Cost cost =
        amount == null
            ? null
            : new Cost(amount, entry.currency(), Cost.Status.ESTIMATED, Cost.Source.CATALOG);
    return new Quote(cost, entry.label(), label, result.reason());
  }

  private Match match(Question question) {
    Key key = new Key(question.provider(), question.model());
    Match known = matches.get(key);
    if (known != null) {
      return known;
    }
    Match found = find(question.provider(), question.model());
    if (matches.size() < MAX_CACHED && question.model().length() <= ModelNames.MAX_LENGTH) {
      matches.putIfAbsent(key, found);
    }
    return found;
  }

  private Match find(@Nullable String provider, String model) {
    for (PriceTable table : tables) {
      List<PriceEntry> entries = new PriceLookup(table).find(provider, model);
      if (!entries.isEmpty()) {
        return new Match(entries);
      }
    }
    for (PriceTable table : tables) {
      List<PriceEntry> entries =
          anyProvider ? new PriceLookup(table).findAnywhere(model) : List.of();
      PriceEntry fallback = table.fallback();
      if (entries.isEmpty() && fallback != null) {
        entries = List.of(fallback);
      }
      if (!entries.isEmpty()) {
        report(
            Level.WARNING,
            "pricing.fallback_used",
            model,
            "has the price of '" + entries.get(0).label() + "'");
        return new Match(entries);
      }
    }
    report(Level.INFO, "pricing.unmatched_model", model, "has no price");
    return Match.NONE;
  }

  private void report(Level level, String code, String model, String finding) {
    String shown = model.length() <= ModelNames.MAX_LENGTH ? model : "(a very long name)";
    diagnostics.report(
        new Diagnostic(
            level, code, component, null, "model '" + shown + "' " + finding, null, null));
  }
}
