package io.fairlead.exporters.files.atif;

import io.fairlead.spi.event.LlmProfile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a model's answer, from its body first and then from typed facts. */
record Answer(
    Object message,
    @Nullable List<ToolCall> toolCalls,
    @Nullable String model,
    @Nullable String reasoning,
    @Nullable Metrics metrics) {

  static Answer of(TrajectoryEvent end, @Nullable LlmProfile facts, Lookups lookups) {
    Object body = end.data();
    RuntimeMessage blocks = facts == null ? null : RuntimeMessage.of(body);
    if (blocks != null) {
      return new Answer(
          blocks.message(),
          blocks.toolCalls(),
          model(end, facts, lookups),
          blocks.reasoning(),
          metrics(end, facts, lookups));
    }
    return new Answer(
        ResponseBody.message(body),
        ResponseBody.toolCalls(body),
        model(end, facts, lookups),
        ResponseBody.reasoning(body),
        metrics(end, facts, lookups));
  }

  private static @Nullable String model(
      TrajectoryEvent end, @Nullable LlmProfile facts, Lookups lookups) {
    String model = ResponseBody.model(end.data());
    if (model == null && facts != null) {
      model = facts.responseModel() != null ? facts.responseModel() : facts.requestModel();
    }
    if (model == null) {
      model = end.modelName();
    }
    return model != null ? model : lookups.requestedModel(end.uuid());
  }

  private static @Nullable Metrics metrics(
      TrajectoryEvent end, @Nullable LlmProfile facts, Lookups lookups) {
    Metrics metrics = UsageBody.read(end.data(), end.name());
    for (Metrics more :
        new @Nullable Metrics[] {
          lookups.metricsOfDuplicate(end.uuid()),
          facts == null ? null : FactMetrics.of(facts.usage(), facts.cost())
        }) {
      metrics = metrics == null ? more : metrics.or(more);
    }
    return metrics;
  }
}
