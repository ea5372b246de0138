package io.fairlead.runtimes.hermes;

import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.LlmProfile.Counting;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.UsageReported;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up events the way counters do: by session and model. */
final class Tally {

  long calls;
  long failedCalls;
  long input;
  long output;
  long cacheRead;
  long cacheWrite;
  long reasoning;
  BigDecimal cost = BigDecimal.ZERO;
  long unpriced;

  static Map<String, Tally> of(List<Event> events) {
    Map<String, Tally> tallies = new TreeMap<>();
    for (Event event : events) {
      String session = event.header().origin().sessionId();
      if (event instanceof ScopeEnd end && end.profile() instanceof LlmProfile llm) {
        if (llm.counting() != Counting.NONE) {
          Tally tally = at(tallies, session, llm.model());
          tally.calls++;
          tally.failedCalls += end.outcome().isError() ? 1 : 0;
          if (llm.counting() == Counting.CALL_AND_USAGE) {
            tally.add(llm.usage(), llm.cost());
          }
        }
      } else if (event instanceof UsageReported report) {
        Tally tally = at(tallies, session, report.model());
        tally.calls += report.calls();
        tally.unpriced += report.unpricedCalls();
        tally.add(report.usage(), report.cost());
      }
    }
    return tallies;
  }

  private static Tally at(
      Map<String, Tally> tallies, @Nullable String session, @Nullable String model) {
    return tallies.computeIfAbsent(session + " " + model, key -> new Tally());
  }

  private void add(@Nullable TokenUsage usage, @Nullable Cost amount) {
    if (usage != null) {
      input += usage.totalInput();
      output += usage.totalOutput();
      cacheRead += usage.cacheRead();
      cacheWrite += usage.cacheWrite();
      reasoning += usage.reasoning();
    }
    if (amount != null) {
      cost = cost.add(amount.amount());
    }
  }

  String tokens() {
    return input
        + "/"
        + output
        + " read "
        + cacheRead
        + " write "
        + cacheWrite
        + " reasoning "
        + reasoning;
  }

  @Override
  public String toString() {
    return calls
        + " calls "
        + failedCalls
        + " failed "
        + tokens()
        + " cost "
        + cost.stripTrailingZeros().toPlainString();
  }
}
