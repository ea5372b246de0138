package io.fairlead.spi.event;

import org.jspecify.annotations.Nullable;

/**
 * Model usage that a runtime knows only in sum: tokens, calls and cost of several calls together.
 *
 * <p>It is an increment. It holds what no {@link ScopeEnd} and no earlier {@code UsageReported} has
 * counted yet, so that adding up counted calls and reports gives the runtime's own totals, whatever
 * the order in which things became known. It never enters a histogram.
 *
 * @param header {@link EventHeader#parentUuid()} is the turn it became known in, or null; time is
 *     when the runtime last updated the sum
 * @param provider who served the calls (see {@link LlmProfile#provider()}), or null
 * @param model the model as the runtime names it, or null
 * @param task what the calls were for when not the agent's own loop ({@code title_generation},
 *     {@code compression}, …), or null
 * @param calls number of successful calls not counted elsewhere, at least 0
 * @param usage tokens not counted elsewhere, or null
 * @param cost cost not counted elsewhere, or null when unknown
 * @param unpricedCalls how many of the calls behind {@code usage} have no known cost, at least 0
 */
public record UsageReported(
    EventHeader header,
    @Nullable String provider,
    @Nullable String model,
    @Nullable String task,
    long calls,
    @Nullable TokenUsage usage,
    @Nullable Cost cost,
    long unpricedCalls)
    implements Event {

  public UsageReported {
    if (calls < 0 || unpricedCalls < 0) {
      throw new IllegalArgumentException("calls and unpricedCalls must not be negative");
    }
  }

  /** The same report with another cost. */
  public UsageReported withCost(@Nullable Cost newCost, long newUnpricedCalls) {
    return new UsageReported(
        header, provider, model, task, calls, usage, newCost, newUnpricedCalls);
  }
}
