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
      Explanation.unknown("no price is known for this model");

  private static final String UNMATCHED = "pricing.unmatched_model";
  private static final String FALLBACK = "pricing.fallback_used";

  private final String component;
  private final List<PriceTable> tables;
  private final boolean anyProvider;
  private final DiagnosticSink diagnostics;
  private final Map<Key, Match> matches = new ConcurrentHashMap<>();

  private record Key(@Nullable String provider, String model) {}

  /**
   * What a model was found to be.
   *
   * @param entries empty when no table knows it
   * @param note why they are not its own, or null
   */
  private record Match(List<PriceEntry> entries, @Nullable String note) {
    private static final Match NONE = new Match(List.of(), null);
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
  public Explanation explain(Question question, Map<String, String> context, long calls) {
    Match match = match(question);
    List<PriceEntry> entries = match.entries();
    if (entries.isEmpty()) {
      return UNKNOWN_MODEL;
    }
    LocalDateTime time =
        LocalDateTime.ofInstant(Instant.ofEpochSecond(0, question.timeNanos()), ZoneOffset.UTC);
    for (PriceEntry entry : entries) {
      Schedule schedule = entry.schedule(time, context);
      if (schedule != null) {
        Quote quote =
            calls == 1 || entry.isSameAtAnyHour(time, context)
                ? quote(entry, schedule, question.usage(), calls)
                : unknown(entry, "the price goes by the hour, and the calls are known in sum only");
        return new Explanation(quote, entry.catalog(), match.note());
      }
    }
    PriceEntry first = entries.get(0);
    String reason =
        first.isPriced()
            ? "no price was valid on " + time.toLocalDate()
            : "the entry has no price per token";
    return new Explanation(unknown(first, reason), first.catalog(), match.note());
  }

  private static Quote unknown(PriceEntry entry, String reason) {
    return new Quote(null, entry.label(), null, reason);
  }

  private static Quote quote(PriceEntry entry, Schedule schedule, TokenUsage usage, long calls) {
    if (usage.isEmpty() && !entry.rules().pricesEmptyUsage()) {
      return unknown(entry, "the call used no tokens");
    }
    Tier tier = schedule.tiers().get(0);
    String label = null;
    if (schedule.isTiered()) {
      long prompt = entry.rules().prompt(usage);
      if (prompt == TokenUsage.UNKNOWN) {
        return unknown(entry, "the tier is open: the prompt's size is not known");
      }
      tier = calls == 1 ? schedule.tier(prompt) : schedule.tierOfSum(prompt);
      if (tier == null) {
        return unknown(
            entry,
            calls == 1
                ? "no tier holds a prompt of " + prompt
                : "the tier is open: the calls are known in sum only");
      }
      label = tier.label();
    }
    CostCalculator.Result result = CostCalculator.cost(tier.rates(), usage, calls);
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
    boolean keeps =
        matches.size() < MAX_CACHED && question.model().length() <= ModelNames.MAX_LENGTH;
    if (keeps && matches.putIfAbsent(key, found) == null) {
      report(key, found);
    }
    return found;
  }

  private Match find(@Nullable String provider, String model) {
    for (PriceTable table : tables) {
      List<PriceEntry> entries = new PriceLookup(table).find(provider, model);
      if (!entries.isEmpty()) {
        return new Match(entries, null);
      }
    }
    for (PriceTable table : tables) {
      List<PriceEntry> entries =
          anyProvider ? new PriceLookup(table).findAnywhere(model) : List.of();
      PriceEntry fallback = table.fallback();
      if (!entries.isEmpty()) {
        String label = entries.get(0).label();
        return new Match(entries, "fallback: the model has the price of '" + label + "'");
      }
      if (fallback != null) {
        return new Match(
            List.of(fallback),
            "fallback: the model has the price for all without one of their own");
      }
    }
    return Match.NONE;
  }

  /** Said once of each provider and model. */
  private void report(Key key, Match match) {
    String provider = key.provider();
    String model =
        "model '" + key.model() + "'" + (provider == null ? "" : " of '" + provider + "'");
    if (match.entries().isEmpty()) {
      report(Level.INFO, UNMATCHED, model + " has no price");
    } else if (match.note() != null) {
      report(Level.WARNING, FALLBACK, model + " has no price; " + match.note());
    }
  }

  private void report(Level level, String code, String message) {
    diagnostics.report(new Diagnostic(level, code, component, null, message, null, null));
  }
}
