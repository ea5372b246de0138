package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The attributes no convention has. All of them, in one table. */
public final class FairleadAttributes {

  /** Name of the runtime an event came from. */
  public static final String RUNTIME = "fairlead.runtime";

  /** The agent within the runtime. */
  public static final String AGENT_ID = "fairlead.agent.id";

  /** The session that spawned this one. */
  public static final String PARENT_SESSION = "fairlead.session.parent_id";

  /** Which HTTP attempt of a model call, from 1. */
  public static final String ATTEMPT = "fairlead.attempt";

  /** {@code approximate} when a time is known only from its neighbours. */
  public static final String TIME = "fairlead.time";

  /** True when the end was never observed. */
  public static final String INCOMPLETE = "fairlead.incomplete";

  /** Whom a turn worked for: {@code user}, {@code subagent}, {@code internal}. */
  public static final String TURN_KIND = "fairlead.turn.kind";

  /** Exit code of the command a tool ran. */
  public static final String EXIT_CODE = "fairlead.tool.exit_code";

  /** False when a tool was called and nothing came back. */
  public static final String RESULT_KNOWN = "fairlead.tool.result_known";

  /** Why a linked span belongs with this one; on the link. */
  public static final String RELATION = "fairlead.relation";

  /** True when a value was too long and was cut or left out. */
  public static final String TRUNCATED = "fairlead.truncated";

  /** Cost as a number. */
  public static final String COST_AMOUNT = "fairlead.cost.amount";

  /** ISO 4217 code of the cost. */
  public static final String COST_CURRENCY = "fairlead.cost.currency";

  /** {@code reported}, {@code included} or {@code estimated}. */
  public static final String COST_STATUS = "fairlead.cost.status";

  /** {@code provider}, {@code runtime} or {@code catalog}. */
  public static final String COST_SOURCE = "fairlead.cost.source";

  private static final String USAGE = "fairlead.usage.";

  private FairleadAttributes() {}

  /** An enum constant as it is written in attributes and labels. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  static void origin(AttributeSheet sheet, Event event) {
    Origin origin = event.header().origin();
    sheet.text(RUNTIME, origin.runtime());
    sheet.text(AGENT_ID, origin.agentId());
    sheet.sessionId(PARENT_SESSION, origin.parentSessionId());
  }

  static void scope(AttributeSheet sheet, ScopeEnd end) {
    origin(sheet, end);
    if (end.timeQuality() == TimeQuality.APPROXIMATE) {
      sheet.text(TIME, word(end.timeQuality()));
    }
    if (end.incomplete()) {
      sheet.flag(INCOMPLETE, true);
    }
    Profile profile = end.profile();
    if (profile instanceof LlmProfile llm) {
      if (llm.attempt() > 0) {
        sheet.integer(ATTEMPT, llm.attempt());
      }
      cost(sheet, llm.cost());
    } else if (profile instanceof AgentProfile agent) {
      sheet.text(TURN_KIND, word(agent.turnKind()));
      cost(sheet, agent.cost());
    } else if (profile instanceof ToolProfile tool) {
      if (tool.exitCode() != null) {
        sheet.integer(EXIT_CODE, tool.exitCode());
      }
      if (!tool.resultKnown()) {
        sheet.flag(RESULT_KNOWN, false);
      }
    }
  }

  static void report(AttributeSheet sheet, UsageReported report) {
    origin(sheet, report);
    sheet.text(USAGE + "provider", report.provider());
    sheet.text(USAGE + "model", report.model());
    sheet.text(USAGE + "task", report.task());
    sheet.integer(USAGE + "calls", report.calls());
    sheet.integer(USAGE + "unpriced_calls", report.unpricedCalls());
    usage(sheet, report.usage());
    cost(sheet, report.cost());
  }

  static void usage(AttributeSheet sheet, @Nullable TokenUsage usage) {
    if (usage == null) {
      return;
    }
    sheet.count(USAGE + "input_tokens", usage.totalInput());
    sheet.count(USAGE + "output_tokens", usage.totalOutput());
    sheet.count(USAGE + "cache_read_tokens", usage.cacheRead());
    sheet.count(USAGE + "cache_write_tokens", usage.cacheWrite());
    sheet.count(USAGE + "reasoning_tokens", usage.reasoning());
  }

  private static void cost(AttributeSheet sheet, @Nullable Cost cost) {
    if (cost != null) {
      sheet.number(COST_AMOUNT, cost.amount().doubleValue());
      sheet.text(COST_CURRENCY, cost.currency());
      sheet.text(COST_STATUS, word(cost.status()));
      sheet.text(COST_SOURCE, word(cost.source()));
    }
  }
}
