package io.fairlead.examples.lines;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.StableIds;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One line: {@code <turn> <start> <end> <model> <input tokens> <output tokens>}, times as {@code
 * 2026-11-21T12:00:00Z}.
 */
record CallLine(String turn, long start, long end, String model, TokenUsage usage) {

  private static final String RUNTIME = "call_lines";

  static CallLine parse(String line) {
    String[] fields = line.trim().split(" +", -1);
    if (fields.length != 6) {
      throw new IllegalArgumentException("six fields are needed");
    }
    // This agent uses neither a cache nor reasoning. Of one that does not say, TokenUsage.totals
    // with UNKNOWN is all that is known.
    TokenUsage usage = TokenUsage.of(Long.parseLong(fields[4]), 0, 0, Long.parseLong(fields[5]), 0);
    return new CallLine(fields[0], nanos(fields[1]), nanos(fields[2]), fields[3], usage);
  }

  private static long nanos(String time) {
    return Math.multiplyExact(Instant.parse(time).toEpochMilli(), 1_000_000L);
  }

  /** A turn and its call. The ids come from what the agent wrote, so they are always the same. */
  List<Event> events() {
    UUID root = StableIds.uuid(RUNTIME, "turn", turn);
    UUID call = StableIds.uuid(RUNTIME, "call", turn);
    Origin origin = Origin.of(RUNTIME);
    LlmProfile profile = LlmProfile.builder().requestModel(model).usage(usage).build();
    ScopeStart turnStart =
        new ScopeStart(
            new EventHeader(root, null, root, start, "agent", origin), ScopeCategory.AGENT, null);
    ScopeStart callStart =
        new ScopeStart(
            new EventHeader(call, root, root, start, model, origin), ScopeCategory.LLM, profile);
    return List.of(turnStart, callStart, ended(callStart), ended(turnStart));
  }

  private ScopeEnd ended(ScopeStart scope) {
    return new ScopeEnd(
        scope.header().at(end, null),
        scope,
        scope.profile(),
        Outcome.UNSET,
        TimeQuality.EXACT,
        false);
  }
}
