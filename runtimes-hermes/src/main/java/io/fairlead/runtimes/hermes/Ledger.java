package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.turns.CountedSums;
import io.fairlead.runtimes.hermes.Rows.Session;
import io.fairlead.runtimes.hermes.Rows.Usage;
import io.fairlead.runtimes.hermes.Rows.View;
import io.fairlead.runtimes.hermes.SessionState.Counted;
import io.fairlead.runtimes.hermes.Turn.Call;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.LlmProfile.Counting;
import io.fairlead.spi.event.TokenUsage;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is counted where. The rows of {@code session_model_usage} are the authority on
 * tokens and money; they are counted once, whatever the order in which things become known: on the
 * call, when what a row grew by is one call and that call is known, else as a report of the growth.
 */
final class Ledger {

  /** What is known of a call beyond its times. */
  record CallFacts(
      @Nullable String provider,
      @Nullable String model,
      @Nullable String baseUrl,
      @Nullable TokenUsage usage,
      @Nullable Cost cost,
      Counting counting) {}

  /** Growth of a row that no call carries. */
  record Growth(
      Usage row,
      @Nullable String provider,
      long calls,
      CountedSums part,
      @Nullable Cost cost,
      long unpricedCalls,
      CountedSums before) {}

  private final View view;
  private final Map<String, Counted> counted;
  private final IdentityHashMap<Call, CallFacts> facts = new IdentityHashMap<>();
  private final List<Growth> growth = new ArrayList<>();
  private final boolean hasAhead;
  private boolean restarted;
  private boolean skipsHistory;

  private Ledger(View view, SessionState state) {
    this.view = view;
    this.counted = new TreeMap<>(state.counted());
    this.hasAhead = state.hasAhead();
  }

  /**
   * Works out a session.
   *
   * @param settling turns that are given now
   * @param open turns that are known and not given yet
   * @param count whether the sums are counted up to now; else only what the calls are is worked out
   * @param from history before this is not counted
   */
  static Ledger of(
      View view,
      SessionState state,
      List<Turn> settling,
      List<Turn> open,
      boolean count,
      long from) {
    Ledger ledger = new Ledger(view, state);
    ledger.skipHistory(from);
    IdentityHashMap<Call, Usage> rows = new IdentityHashMap<>();
    for (Turn turn : settling) {
      turn.calls().forEach(call -> ledger.attribute(call, rows));
    }
    IdentityHashMap<Call, Usage> openRows = new IdentityHashMap<>();
    for (Turn turn : open) {
      turn.calls().stream()
          .filter(Call::succeeded)
          .forEach(
              call -> {
                Usage row = ledger.rowOf(call);
                if (row != null) {
                  openRows.put(call, row);
                }
              });
    }
    for (Usage row : view.usage()) {
      ledger.account(row, callsOf(row, rows), callsOf(row, openRows).size(), count);
    }
    return ledger;
  }

  private static List<Call> callsOf(Usage row, IdentityHashMap<Call, Usage> rows) {
    return rows.entrySet().stream()
        .filter(entry -> entry.getValue().equals(row))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void skipHistory(long from) {
    for (Usage row : view.usage()) {
      if (!counted.containsKey(row.key()) && row.firstNanos() < from) {
        counted.put(row.key(), new Counted(row.sums(), row.sums().calls()));
        skipsHistory = true;
      }
    }
  }

  private void attribute(Call call, IdentityHashMap<Call, Usage> rows) {
    Usage row = rowOf(call);
    Session session = view.session();
    if (!call.succeeded()) {
      facts.put(
          call,
          new CallFacts(call.provider(), call.model(), call.baseUrl(), null, null, Counting.CALL));
      return;
    }
    if (row != null) {
      rows.put(call, row);
    }
    boolean unattributed = row == null && !mainRows().isEmpty();
    String model = call.model();
    String provider = call.provider();
    if (row != null) {
      model = row.model();
      provider = Costs.provider(row, session, view.usage());
    } else if (model == null && !unattributed) {
      model = session.model();
      provider = session.provider();
    }
    Counting counting = Counting.CALL_AND_USAGE;
    if (row != null) {
      counting = Counting.CALL;
    } else if (unattributed && (call.model() == null || hasRows(call.model()))) {
      counting = Counting.NONE;
    } else if (!session.isFromLog()) {
      // A row may yet come, and it would hold these tokens; the call must not be counted again.
      counting = logged(call, false) == null ? Counting.CALL_AND_USAGE : Counting.CALL;
      counted.merge(
          withoutRow(model),
          new Counted(CountedSums.ZERO, 1),
          (a, b) -> new Counted(CountedSums.ZERO, a.calls() + b.calls()));
    }
    facts.put(
        call,
        new CallFacts(provider, model, baseUrl(call, row), logged(call, false), null, counting));
  }

  private static String withoutRow(@Nullable String model) {
    return "\0" + model;
  }

  private boolean hasRows(String model) {
    return mainRows().stream().anyMatch(row -> row.model().equals(model));
  }

  private @Nullable String baseUrl(Call call, @Nullable Usage row) {
    if (row != null && !row.baseUrl().isEmpty()) {
      return row.baseUrl();
    }
    return call.baseUrl() != null ? call.baseUrl() : view.session().baseUrl();
  }

  private List<Usage> mainRows() {
    return view.usage().stream().filter(Usage::isMain).toList();
  }

  /** The one row a call can belong to, or null when there is none or more than one. */
  private @Nullable Usage rowOf(Call call) {
    List<Usage> candidates =
        mainRows().stream()
            .filter(row -> call.model() == null || row.model().equals(call.model()))
            .toList();
    if (candidates.size() > 1 && call.provider() != null && call.model() != null) {
      candidates =
          candidates.stream().filter(row -> row.provider().equals(call.provider())).toList();
    }
    return candidates.size() == 1 ? candidates.get(0) : null;
  }

  private void account(Usage row, List<Call> calls, long openCalls, boolean count) {
    Counted before = counted.getOrDefault(row.key(), Counted.NOTHING);
    CountedSums part = row.sums().minus(before.sums());
    if (part.isNegative()) {
      restarted = true;
      before = Counted.NOTHING;
      part = row.sums();
    }
    boolean wholeGrowth = part.calls() == calls.size() && openCalls == 0;
    boolean plain = wholeGrowth && row.sums().cacheWrite() == 0 && row.sums().reasoning() == 0;
    for (Call call : calls) {
      replaceUsage(call, logged(call, plain));
    }
    if (!count) {
      counted.put(row.key(), new Counted(before.sums(), before.calls() + calls.size()));
      return;
    }
    // Calls given ahead of their turn are in the growth as well, and it cannot be told which part.
    boolean ofOneCall = calls.size() == 1 && wholeGrowth && !hasAhead;
    if (row.isMain() && ofOneCall && agrees(calls.get(0), part)) {
      CallFacts known = factsOf(calls.get(0));
      facts.put(
          calls.get(0),
          new CallFacts(
              known.provider(),
              known.model(),
              known.baseUrl(),
              part.usage(),
              Costs.of(row, part),
              Counting.CALL_AND_USAGE));
      counted.put(row.key(), new Counted(row.sums(), before.calls() + 1));
      return;
    }
    long byScopes = before.calls() + calls.size();
    long elsewhere =
        row.isMain() ? counted.getOrDefault(withoutRow(row.model()), Counted.NOTHING).calls() : 0;
    long rest = Math.max(0, row.sums().calls() - byScopes - elsewhere - openCalls);
    counted.put(row.key(), new Counted(row.sums(), byScopes + rest));
    if (!part.isZero() || rest > 0) {
      Cost cost = part.amount().signum() < 0 ? null : Costs.of(row, part);
      boolean unpriced = cost == null && !part.hasNoTokens();
      growth.add(
          new Growth(
              row,
              Costs.provider(row, view.session(), view.usage()),
              rest,
              part,
              cost,
              unpriced ? Math.max(1, part.calls()) : 0,
              before.sums()));
    }
  }

  private void replaceUsage(Call call, @Nullable TokenUsage usage) {
    CallFacts known = factsOf(call);
    facts.put(
        call,
        new CallFacts(
            known.provider(), known.model(), known.baseUrl(), usage, null, known.counting()));
  }

  private static boolean agrees(Call call, CountedSums part) {
    LogFact.CallDone line = call.usage();
    return line == null
        || (line.input() == part.input() + part.cacheRead() + part.cacheWrite()
            && line.output() == part.output());
  }

  /** What the log says of a call's tokens; it knows neither cache writes nor reasoning. */
  private static @Nullable TokenUsage logged(Call call, boolean neitherWritesNorReasoning) {
    LogFact.CallDone line = call.usage();
    if (line == null || (line.input() == 0 && line.output() == 0)) {
      return null;
    }
    long cached = Math.min(line.cacheRead(), line.input());
    return neitherWritesNorReasoning
        ? TokenUsage.of(line.input() - cached, cached, 0, line.output(), 0)
        : TokenUsage.totals(line.input(), cached, line.output());
  }

  CallFacts factsOf(Call call) {
    CallFacts known = facts.get(call);
    if (known == null) {
      throw new IllegalArgumentException("the call belongs to no settling turn");
    }
    return known;
  }

  /** Growth no call carries: first the agent's own loop, then auxiliary tasks. */
  List<Growth> growth() {
    return growth;
  }

  /** What has now been counted. */
  Map<String, Counted> counted() {
    return counted;
  }

  /** Whether a part of the sums is older than what is given. */
  boolean skipsHistory() {
    return skipsHistory;
  }

  /** Whether a sum was smaller than what had been counted of it. */
  boolean restarted() {
    return restarted;
  }
}
