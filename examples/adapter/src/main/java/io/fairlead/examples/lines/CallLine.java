package io.fairlead.examples.lines;

import io.fairlead.spi.event.EpochNanos;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TokenUsage;
import java.time.Instant;
import java.util.List;

/**
 * One line: {@code <turn> <start> <end> <model> <input tokens> <output tokens>}, times as {@code
 * 2026-11-21T12:00:00Z}. What a later version of the agent adds behind that is passed over.
 */
record CallLine(String turn, long start, long end, String model, TokenUsage usage) {

  private static final String RUNTIME = "call_lines";

  static CallLine parse(String line) {
    String[] fields = line.trim().split(" +", -1);
    // This agent uses neither a cache nor reasoning. Of one that does not say, TokenUsage.totals
    // with UNKNOWN is all that is known.
    TokenUsage usage = TokenUsage.of(Long.parseLong(fields[4]), 0, 0, Long.parseLong(fields[5]), 0);
    return new CallLine(fields[0], nanos(fields[1]), nanos(fields[2]), fields[3], usage);
  }

  private static long nanos(String time) {
    return EpochNanos.of(Instant.parse(time));
  }

  /** A turn and its call. The ids come from what the agent wrote, so they are always the same. */
  List<Event> events() {
    EventHeader root =
        EventHeader.root(StableIds.uuid(RUNTIME, "turn", turn), start, "agent", Origin.of(RUNTIME));
    LlmProfile facts = LlmProfile.builder().requestModel(model).usage(usage).build();
    ScopeStart turnStart = new ScopeStart(root, ScopeCategory.AGENT, null);
    ScopeStart callStart =
        new ScopeStart(
            root.child(StableIds.uuid(RUNTIME, "call", turn), start, model),
            ScopeCategory.LLM,
            facts);
    return List.of(
        turnStart,
        callStart,
        callStart.ended(end, facts, Outcome.UNSET),
        turnStart.ended(end, null, Outcome.UNSET));
  }
}
