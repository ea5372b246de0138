package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.projection.FairleadAttributes;
import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.ProviderNames;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.LlmProfile.Counting;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Says what each event adds to which metric.
 *
 * <p>Counters add up what counts ({@link Counting}) and every {@link UsageReported}; histograms
 * take single calls, tools and turns whose facts are exactly known. A fact that is not known adds
 * nothing anywhere.
 */
final class EventCounter {

  private static final String ERROR_TYPE = "error.type";

  private final MetricStore store;
  private final GenAiProfile profile;

  EventCounter(MetricStore store, GenAiProfile profile) {
    this.store = store;
    this.profile = profile;
  }

  /** Whether an event can add to a metric. */
  static boolean counts(Event event) {
    return event instanceof UsageReported
        || (event instanceof ScopeEnd end
            && (end.profile() instanceof LlmProfile
                || end.category() == ScopeCategory.TOOL
                || end.category() == ScopeCategory.AGENT));
  }

  void count(Event event) {
    if (event instanceof UsageReported report) {
      report(report);
    } else if (event instanceof ScopeEnd end) {
      if (end.profile() instanceof LlmProfile llm) {
        call(end, llm);
      } else if (end.category() == ScopeCategory.TOOL) {
        tool(end);
      } else if (end.category() == ScopeCategory.AGENT) {
        agent(end);
      }
    }
  }

  private void call(ScopeEnd end, LlmProfile llm) {
    String provider = ProviderNames.of(llm, end.header());
    Labels labels = labels(end, provider, llm.model());
    if (llm.counting() != Counting.NONE) {
      add(Instrument.CALLS, labels.with("outcome", outcome(end.outcome())), 1);
    }
    if (llm.counting() == Counting.CALL_AND_USAGE) {
      tokens(labels, llm.usage());
      cost(labels, llm.cost());
      if (llm.cost() == null && (!end.outcome().isError() || hasTokens(llm.usage()))) {
        add(Instrument.UNPRICED, labels, 1);
      }
    }
    callHistograms(end, llm, provider);
  }

  private static boolean hasTokens(@Nullable TokenUsage usage) {
    return usage != null && !usage.isEmpty();
  }

  private void callHistograms(ScopeEnd end, LlmProfile llm, String provider) {
    Labels labels =
        Labels.NONE
            .with("gen_ai.operation.name", ProviderNames.operation(llm))
            .with(profile.providerKey(), ProviderNames.value(profile, provider))
            .with("gen_ai.request.model", llm.requestModel())
            .with("gen_ai.response.model", llm.responseModel());
    TokenUsage usage = llm.usage();
    if (usage != null) {
      sample(Instrument.TOKEN_USAGE, labels.with("gen_ai.token.type", "input"), usage.totalInput());
      sample(
          Instrument.TOKEN_USAGE, labels.with("gen_ai.token.type", "output"), usage.totalOutput());
      Labels failed = labels.with(ERROR_TYPE, end.outcome().errorType());
      sample(Instrument.INPUT_TOKENS, failed, usage.totalInput());
      sample(Instrument.OUTPUT_TOKENS, failed, usage.totalOutput());
    }
    duration(Instrument.OPERATION_DURATION, labels, end);
    duration(Instrument.INFERENCE_DURATION, labels, end);
  }

  private void tool(ScopeEnd end) {
    String name = end.profile() instanceof ToolProfile tool ? tool.toolName() : end.header().name();
    add(
        Instrument.TOOL_CALLS,
        origin(end).with("tool", name).with("outcome", outcome(end.outcome())),
        1);
    duration(Instrument.TOOL_DURATION, Labels.NONE.with("gen_ai.tool.name", name), end);
  }

  private void agent(ScopeEnd end) {
    String known = end.profile() instanceof AgentProfile agent ? agent.agentName() : null;
    String name = known != null ? known : end.header().name();
    duration(Instrument.AGENT_DURATION, Labels.NONE.with("gen_ai.agent.name", name), end);
  }

  private void report(UsageReported report) {
    String provider = report.provider();
    Labels labels =
        labels(report, provider == null ? null : ProviderNames.wellKnown(provider), report.model());
    add(Instrument.CALLS, labels.with("outcome", "ok"), report.calls());
    add(Instrument.UNPRICED, labels, report.unpricedCalls());
    tokens(labels, report.usage());
    cost(labels, report.cost());
  }

  private void tokens(Labels labels, @Nullable TokenUsage usage) {
    if (usage == null) {
      return;
    }
    bucket(labels, "input", usage.input());
    bucket(labels, "input", usage.inputAudio());
    bucket(labels, "cache_read", usage.cacheRead());
    bucket(labels, "cache_write", usage.cacheWrite5m());
    bucket(labels, "cache_write", usage.cacheWrite1h());
    bucket(labels, "output", usage.totalOutput());
  }

  private void bucket(Labels labels, String bucket, long tokens) {
    if (tokens > 0) {
      add(Instrument.TOKENS, labels.with("fairlead.token.bucket", bucket), tokens);
    }
  }

  private void cost(Labels labels, @Nullable Cost cost) {
    if (cost != null) {
      store.add(
          Instrument.COST,
          labels
              .with("currency", cost.currency())
              .with("status", FairleadAttributes.word(cost.status()))
              .attributes(),
          cost.amount());
    }
  }

  private void add(Instrument instrument, Labels labels, long value) {
    if (value > 0) {
      store.add(instrument, labels.attributes(), BigDecimal.valueOf(value));
    }
  }

  private void sample(Instrument instrument, Labels labels, long value) {
    if (value >= 0 && profile.metrics().contains(instrument.name())) {
      store.add(instrument, labels.attributes(), BigDecimal.valueOf(value));
    }
  }

  private void duration(Instrument instrument, Labels labels, ScopeEnd end) {
    if (end.hasExactDuration() && profile.metrics().contains(instrument.name())) {
      store.add(
          instrument,
          labels.with(ERROR_TYPE, end.outcome().errorType()).attributes(),
          BigDecimal.valueOf(end.durationNanos(), 9));
    }
  }

  private static String outcome(Outcome outcome) {
    return outcome.isError() ? "error" : "ok";
  }

  private static Labels labels(Event event, @Nullable String provider, @Nullable String model) {
    return origin(event).with("provider", provider).with("model", model);
  }

  private static Labels origin(Event event) {
    Origin origin = event.header().origin();
    return Labels.NONE.with("runtime", origin.runtime()).with("agent_id", origin.agentId());
  }
}
