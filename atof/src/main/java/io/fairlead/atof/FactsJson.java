package io.fairlead.atof;

import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.CustomProfile;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.LlmProfile.Counting;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeLink;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The typed facts of events as JSON, shared by the journal's records and by {@code
 * metadata.fairlead} of ATOF lines. A fact that is not known is left out.
 */
final class FactsJson {

  /** Far beyond any price; keeps a hostile exponent from growing into gigabytes of digits. */
  private static final int LONGEST_AMOUNT = 1000;

  private FactsJson() {}

  static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static void origin(JsonText out, Origin origin) {
    out.open("origin")
        .member("runtime", origin.runtime())
        .member("instance", origin.instance())
        .member("agent_id", origin.agentId())
        .member("session_id", origin.sessionId())
        .member("parent_session_id", origin.parentSessionId())
        .member("session_key", origin.sessionKey())
        .memberUnless(Origin.UNKNOWN_TIME, "session_start", origin.sessionStartNanos())
        .close();
  }

  static Origin origin(JsonObject in) {
    return new Origin(
        in.string("runtime"),
        in.string("instance"),
        in.stringOrNull("agent_id"),
        in.stringOrNull("session_id"),
        in.stringOrNull("parent_session_id"),
        in.stringOrNull("session_key"),
        in.integer("session_start", Origin.UNKNOWN_TIME));
  }

  static void profile(JsonText out, @Nullable Profile profile) {
    if (profile instanceof AgentProfile agent) {
      agent(out, agent);
    } else if (profile instanceof LlmProfile llm) {
      llm(out, llm);
    } else if (profile instanceof ToolProfile tool) {
      tool(out, tool);
    } else if (profile instanceof CustomProfile custom) {
      out.open("custom").member("subtype", custom.subtype()).close();
    }
  }

  static @Nullable Profile profile(JsonObject in) {
    JsonObject agent = in.objectOrNull("agent");
    if (agent != null) {
      return agent(agent);
    }
    JsonObject llm = in.objectOrNull("llm");
    if (llm != null) {
      return llm(llm);
    }
    JsonObject tool = in.objectOrNull("tool");
    if (tool != null) {
      return tool(tool);
    }
    JsonObject custom = in.objectOrNull("custom");
    return custom == null ? null : new CustomProfile(custom.string("subtype"));
  }

  private static void agent(JsonText out, AgentProfile agent) {
    out.open("agent")
        .member("agent_name", agent.agentName())
        .member("turn_kind", lower(agent.turnKind()));
    usage(out, agent.usage());
    cost(out, agent.cost());
    out.close();
  }

  private static AgentProfile agent(JsonObject in) {
    return new AgentProfile(
        in.stringOrNull("agent_name"),
        in.constant("turn_kind", TurnKind.class, null),
        usage(in),
        cost(in));
  }

  private static void llm(JsonText out, LlmProfile llm) {
    out.open("llm")
        .member("operation", llm.operation())
        .member("provider", llm.provider())
        .member("request_model", llm.requestModel())
        .member("response_model", llm.responseModel())
        .member("response_id", llm.responseId());
    if (!llm.finishReasons().isEmpty()) {
      out.member("finish_reasons", llm.finishReasons());
    }
    usage(out, llm.usage());
    cost(out, llm.cost());
    out.member("server_address", llm.serverAddress())
        .memberUnless(0, "server_port", llm.serverPort())
        .memberUnless(0, "attempt", llm.attempt());
    if (llm.streaming() != null) {
      out.member("streaming", llm.streaming().booleanValue());
    }
    out.memberUnless(-1, "time_to_first_chunk", llm.timeToFirstChunkNanos())
        .member("counting", lower(llm.counting()))
        .close();
  }

  private static LlmProfile llm(JsonObject in) {
    return new LlmProfile(
        in.string("operation"),
        in.stringOrNull("provider"),
        in.stringOrNull("request_model"),
        in.stringOrNull("response_model"),
        in.stringOrNull("response_id"),
        in.strings("finish_reasons"),
        usage(in),
        cost(in),
        in.stringOrNull("server_address"),
        in.smallInteger("server_port", 0),
        in.smallInteger("attempt", 0),
        in.boolOrNull("streaming"),
        in.integer("time_to_first_chunk", -1),
        in.constant("counting", Counting.class, null));
  }

  private static void tool(JsonText out, ToolProfile tool) {
    out.open("tool").member("tool_name", tool.toolName()).member("call_id", tool.callId());
    if (tool.exitCode() != null) {
      out.member("exit_code", tool.exitCode().longValue());
    }
    out.member("result_known", tool.resultKnown()).close();
  }

  private static ToolProfile tool(JsonObject in) {
    return new ToolProfile(
        in.string("tool_name"),
        in.stringOrNull("call_id"),
        in.members().containsKey("exit_code") ? (Integer) in.smallInteger("exit_code", 0) : null,
        in.bool("result_known"));
  }

  static void usage(JsonText out, @Nullable TokenUsage usage) {
    if (usage != null) {
      out.open("usage")
          .memberUnless(TokenUsage.UNKNOWN, "input", usage.input())
          .memberUnless(TokenUsage.UNKNOWN, "cache_read", usage.cacheRead())
          .memberUnless(TokenUsage.UNKNOWN, "cache_write_5m", usage.cacheWrite5m())
          .memberUnless(TokenUsage.UNKNOWN, "cache_write_1h", usage.cacheWrite1h())
          .memberUnless(TokenUsage.UNKNOWN, "input_audio", usage.inputAudio())
          .memberUnless(TokenUsage.UNKNOWN, "output", usage.output())
          .memberUnless(TokenUsage.UNKNOWN, "reasoning", usage.reasoning())
          .memberUnless(TokenUsage.UNKNOWN, "output_audio", usage.outputAudio())
          .memberUnless(TokenUsage.UNKNOWN, "total_input", usage.totalInput())
          .memberUnless(TokenUsage.UNKNOWN, "total_output", usage.totalOutput())
          .close();
    }
  }

  static @Nullable TokenUsage usage(JsonObject in) {
    JsonObject usage = in.objectOrNull("usage");
    return usage == null
        ? null
        : new TokenUsage(
            count(usage, "input"),
            count(usage, "cache_read"),
            count(usage, "cache_write_5m"),
            count(usage, "cache_write_1h"),
            count(usage, "input_audio"),
            count(usage, "output"),
            count(usage, "reasoning"),
            count(usage, "output_audio"),
            count(usage, "total_input"),
            count(usage, "total_output"));
  }

  private static long count(JsonObject in, String name) {
    return in.integer(name, TokenUsage.UNKNOWN);
  }

  static void cost(JsonText out, @Nullable Cost cost) {
    if (cost != null) {
      // As text: a JSON number would pass through binary floating point in most readers.
      out.open("cost")
          .member("amount", cost.amount().toString())
          .member("currency", cost.currency())
          .member("status", lower(cost.status()))
          .member("source", lower(cost.source()))
          .close();
    }
  }

  static @Nullable Cost cost(JsonObject in) {
    JsonObject cost = in.objectOrNull("cost");
    return cost == null
        ? null
        : new Cost(
            amount(cost.string("amount")),
            cost.string("currency"),
            cost.constant("status", Cost.Status.class, null),
            cost.constant("source", Cost.Source.class, null));
  }

  private static BigDecimal amount(String text) {
    if (text.length() <= LONGEST_AMOUNT) {
      try {
        BigDecimal amount = new BigDecimal(text);
        if (Math.abs((long) amount.scale()) <= LONGEST_AMOUNT) {
          return amount;
        }
      } catch (NumberFormatException e) {
        // Reported below, without the text.
      }
    }
    throw new MalformedJsonException("'amount' is not a decimal number");
  }

  static void outcome(JsonText out, Outcome outcome) {
    out.open("outcome")
        .member("status", lower(outcome.status()))
        .member("error_type", outcome.errorType())
        .member("description", outcome.description())
        .close();
  }

  static Outcome outcome(JsonObject in) {
    return new Outcome(
        in.constant("status", Outcome.Status.class, null),
        in.stringOrNull("error_type"),
        in.stringOrNull("description"));
  }

  static void links(JsonText out, List<ScopeLink> links) {
    if (links.isEmpty()) {
      return;
    }
    out.openArray("links");
    for (ScopeLink link : links) {
      out.open()
          .member("trace_root", link.traceRoot())
          .member("scope", link.scope())
          .member("relation", link.relation())
          .close();
    }
    out.closeArray();
  }

  static List<ScopeLink> links(JsonObject in) {
    return in.objects("links").stream()
        .map(
            link ->
                new ScopeLink(link.uuid("trace_root"), link.uuid("scope"), link.string("relation")))
        .toList();
  }
}
