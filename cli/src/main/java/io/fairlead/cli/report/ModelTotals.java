package io.fairlead.cli.report;

import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.UsageReported;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Numbers of one model. Not thread-safe. */
public final class ModelTotals {

  /**
   * A sum of money.
   *
   * @param amount exact
   * @param status the worst of its parts
   */
  public record Money(BigDecimal amount, Cost.Status status) {

    Money plus(Money other) {
      return new Money(
          amount.add(other.amount), status.compareTo(other.status) >= 0 ? status : other.status);
    }
  }

  private final SortedMap<String, Money> costs = new TreeMap<>();
  private long calls;
  private long failedCalls;
  private long unpricedCalls;
  private long callsWithoutUsage;
  private @Nullable TokenUsage usage;

  /** Adds a call as far as it may be counted. */
  void addCall(LlmProfile call, boolean failed) {
    // A failed call is never part of a sum, whose calls are successful ones.
    if (failed) {
      failedCalls++;
    }
    if (failed || call.counting() != LlmProfile.Counting.NONE) {
      calls++;
    }
    if (call.counting() != LlmProfile.Counting.CALL_AND_USAGE) {
      return;
    }
    addUsage(call.usage());
    addCost(call.cost());
    if (!failed && call.usage() == null) {
      callsWithoutUsage++;
    }
    if (call.cost() == null && (!failed || hasTokens(call.usage()))) {
      unpricedCalls++;
    }
  }

  /** Adds what a runtime knows only in sum. */
  void addReport(UsageReported report) {
    calls += report.calls();
    unpricedCalls += report.unpricedCalls();
    addUsage(report.usage());
    addCost(report.cost());
  }

  /** Adds other numbers. */
  void add(ModelTotals other) {
    calls += other.calls;
    failedCalls += other.failedCalls;
    unpricedCalls += other.unpricedCalls;
    callsWithoutUsage += other.callsWithoutUsage;
    addUsage(other.usage);
    other.costs.forEach((currency, money) -> costs.merge(currency, money, Money::plus));
  }

  private void addUsage(@Nullable TokenUsage more) {
    if (more != null) {
      usage = usage == null ? more : usage.plus(more);
    }
  }

  private void addCost(@Nullable Cost cost) {
    if (cost != null) {
      costs.merge(cost.currency(), new Money(cost.amount(), cost.status()), Money::plus);
    }
  }

  private static boolean hasTokens(@Nullable TokenUsage usage) {
    return usage != null && !usage.isEmpty();
  }

  /** Calls, failed ones included. */
  public long calls() {
    return calls;
  }

  /** Calls that failed. */
  public long failedCalls() {
    return failedCalls;
  }

  /** Calls whose cost is not known and not in {@link #costs()}. */
  public long unpricedCalls() {
    return unpricedCalls;
  }

  /** Successful calls whose tokens are not known and not in {@link #usage()}. */
  public long callsWithoutUsage() {
    return callsWithoutUsage;
  }

  /** Tokens, or null when none are known. */
  public @Nullable TokenUsage usage() {
    return usage;
  }

  /** What is known to have been spent, by currency. */
  public Map<String, Money> costs() {
    return Collections.unmodifiableMap(costs);
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(calls);
    out.writeLong(failedCalls);
    out.writeLong(unpricedCalls);
    out.writeLong(callsWithoutUsage);
    out.writeBoolean(usage != null);
    if (usage != null) {
      Tokens.write(out, usage);
    }
    out.writeInt(costs.size());
    for (Map.Entry<String, Money> cost : costs.entrySet()) {
      SessionCodec.text(out, cost.getKey());
      SessionCodec.text(out, cost.getValue().amount().toString());
      out.writeByte(cost.getValue().status().ordinal());
    }
  }

  static ModelTotals readFrom(DataInput in) throws IOException {
    ModelTotals model = new ModelTotals();
    model.calls = in.readLong();
    model.failedCalls = in.readLong();
    model.unpricedCalls = in.readLong();
    model.callsWithoutUsage = in.readLong();
    model.usage = in.readBoolean() ? Tokens.read(in) : null;
    for (int n = in.readInt(); n > 0; n--) {
      String currency = SessionCodec.name(in);
      BigDecimal amount = new BigDecimal(SessionCodec.name(in));
      model.costs.put(currency, new Money(amount, Cost.Status.values()[in.readByte()]));
    }
    return model;
  }
}
