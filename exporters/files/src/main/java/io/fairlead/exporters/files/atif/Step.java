package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step of a trajectory while it is put together. */
final class Step {

  static final String USER = "user";
  static final String AGENT = "agent";
  static final String SYSTEM = "system";

  final String source;
  final @Nullable String timestamp;
  Object message;
  @Nullable String modelName;
  @Nullable Object reasoningEffort;
  @Nullable String reasoningContent;
  @Nullable Metrics metrics;
  @Nullable Long llmCallCount;
  @Nullable Members extra;

  /** False when the figures of the step are part of a sum that is told elsewhere. */
  boolean counted = true;

  /** Null: the answer asked for none. */
  @Nullable List<ToolCall> toolCalls;

  final List<Observation> observations = new ArrayList<>();

  Step(String source, Object message, @Nullable String timestamp) {
    this.source = source;
    this.message = message;
    this.timestamp = timestamp;
  }

  List<ToolCall> calls() {
    return toolCalls == null ? List.of() : toolCalls;
  }

  void addCall(ToolCall call) {
    List<ToolCall> calls = new ArrayList<>(calls());
    calls.add(call);
    toolCalls = calls;
  }

  boolean calls(String callId) {
    return calls().stream().anyMatch(call -> call.id().equals(callId));
  }

  boolean saysNothing() {
    return "".equals(message);
  }

  /** Adds a result, or what it knows more to the result of the same call. */
  void observe(Observation result) {
    String callId = result.sourceCallId();
    for (Observation known : observations) {
      if (callId != null && callId.equals(known.sourceCallId())) {
        known.merge(result);
        return;
      }
    }
    observations.add(result);
  }

  Members toTree(int id) {
    Members step = new Members();
    step.put("step_id", NumberText.of(id));
    step.put("source", source);
    step.put("message", message);
    step.with("timestamp", timestamp)
        .with("model_name", modelName)
        .with("reasoning_effort", reasoningEffort)
        .with("reasoning_content", reasoningContent)
        .with("metrics", metrics == null ? null : metrics.toTree())
        .with("llm_call_count", llmCallCount == null ? null : NumberText.of(llmCallCount))
        .with("extra", extra);
    if (toolCalls != null) {
      step.put("tool_calls", toolCalls.stream().map(ToolCall::toTree).toList());
    }
    if (!observations.isEmpty()) {
      Members observation = new Members();
      observation.put("results", observations.stream().map(Observation::toTree).toList());
      step.put("observation", observation);
    }
    return step;
  }
}
