package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.exporters.files.atif.OpenStep.Run;
import io.fairlead.exporters.files.atif.TrajectoryEvent.Phase;
import io.fairlead.spi.event.LlmProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns the events of one agent, by time, into steps: what the user says when a model is asked,
 * what the model answers when it has, with the results of the tools it asked for.
 */
final class StepWriter {

  private final Lookups lookups;
  private final List<Step> steps = new ArrayList<>();
  private final ToolResults results = new ToolResults(steps);
  private final Map<UUID, String> callOfScope = new HashMap<>();
  private @Nullable OpenStep current;
  private @Nullable String activeCall;

  /** Bodies of requests that go on with a turn, by call: they stand in the step of the answer. */
  private final Map<UUID, Object> continuedRequests = new HashMap<>();

  StepWriter(Lookups lookups) {
    this.lookups = lookups;
  }

  /** Takes an event of the agent's own. */
  void add(TrajectoryEvent event) {
    if (lookups.isDuplicate(event)) {
      return;
    }
    if (event.is(Phase.START, TrajectoryEvent.LLM)) {
      asked(event);
    } else if (event.is(Phase.END, TrajectoryEvent.LLM)) {
      answered(event);
    } else if (event.is(Phase.START, TrajectoryEvent.TOOL)) {
      toolStarted(event);
    } else if (event.is(Phase.END, TrajectoryEvent.TOOL)) {
      toolEnded(event);
    }
  }

  private void asked(TrajectoryEvent event) {
    results.flush(current);
    closeStep();
    callOfScope.clear();
    activeCall = null;
    Object data = event.data();
    if (data == null) {
      return;
    }
    Object body = RequestBody.of(data);
    if (body != null && lookups.isAnswered(event.uuid()) && RequestBody.continuesTurn(body)) {
      continuedRequests.put(event.uuid(), body);
      return;
    }
    Step step = new Step(Step.USER, RequestBody.userMessage(body), event.timestamp());
    step.extra = new Members().with("ancestry", lookups.ancestry(event));
    step.extra.put("llm_request", body);
    steps.add(step);
  }

  private void answered(TrajectoryEvent event) {
    results.flush(current);
    Object body = event.data();
    LlmProfile facts = event.facts() instanceof LlmProfile profile ? profile : null;
    if (body == null && facts == null) {
      return;
    }
    closeStep();
    Answer answer = Answer.of(event, facts, lookups);
    Step step = new Step(Step.AGENT, answer.message(), event.timestamp());
    step.toolCalls = answer.toolCalls();
    step.modelName = answer.model();
    step.metrics = answer.metrics();
    step.reasoningContent = answer.reasoning();
    step.reasoningEffort = lookups.reasoningEffort(event.uuid());
    step.llmCallCount = 1L;
    step.counted = facts == null || facts.counting() == LlmProfile.Counting.CALL_AND_USAGE;
    steps.add(step);
    String id = event.uuid().toString();
    Members extra =
        new Members()
            .with("ancestry", lookups.ancestry(event))
            .with("invocation", lookups.invocation(event, id))
            .with("llm_request", continuedRequests.remove(event.uuid()))
            .with("llm_response", body);
    OpenStep opened = new OpenStep(step, extra);
    current = opened;
    results.attachDeferred(opened);
  }

  private void toolStarted(TrajectoryEvent event) {
    if (current == null && event.facts() != null) {
      openStepForTools(event);
    }
    OpenStep open = current;
    String callId = callId(event);
    if (callId == null && open != null && open.callsOf(event.name()).size() < 2) {
      callId = event.uuid().toString();
    }
    if (callId == null) {
      return;
    }
    callOfScope.put(event.uuid(), callId);
    if (open == null) {
      return;
    }
    if (!open.asksFor(callId)) {
      Object arguments = event.data() == null ? new Members() : event.data();
      open.add(new ToolCall(callId, event.name(), arguments, EventExtra.of(event)));
    }
    activeCall = callId;
  }

  /**
   * Where a runtime does not tell its model calls one by one, its tools have a step of their own.
   */
  private void openStepForTools(TrajectoryEvent event) {
    Step step = new Step(Step.AGENT, "", event.timestamp());
    step.llmCallCount = 0L;
    steps.add(step);
    current = new OpenStep(step, new Members().with("ancestry", lookups.ancestry(event)));
  }

  private void toolEnded(TrajectoryEvent event) {
    String callId = callId(event);
    results.observe(event, callId);
    if (callId == null) {
      activeCall = null;
      return;
    }
    if (callId.equals(activeCall)) {
      activeCall = null;
    }
    Run run = new Run(callId, lookups.ancestry(event), lookups.invocation(event, callId));
    if (current != null && current.asksFor(callId)) {
      current.add(run);
    } else {
      results.defer(run);
    }
  }

  /** The call a tool scope belongs to, as far as anything says it. */
  private @Nullable String callId(TrajectoryEvent event) {
    String stated = event.toolCallId();
    String known = stated != null ? stated : callOfScope.get(event.uuid());
    String matched = known != null ? known : lookups.toolCallId(event.uuid());
    if (matched != null || current == null) {
      return matched;
    }
    List<String> byName = current.callsOf(event.name());
    return byName.size() == 1 ? byName.get(0) : null;
  }

  /** Takes the start of a subagent that works for this agent. */
  void addSubagent(TrajectoryEvent child) {
    String named = Delegation.callId(child);
    String callId = named != null ? named : activeCall;
    results.flush(current);
    Members reference = Delegation.reference(child);
    if (callId != null && current != null && current.asksFor(callId)) {
      current.step().observe(new Observation(callId, null, EventExtra.of(child)).refer(reference));
      return;
    }
    closeStep();
    String own = "subagent:" + child.uuid();
    Step step = new Step(Step.AGENT, "", child.timestamp());
    step.addCall(
        new ToolCall(own, child.name(), Delegation.arguments(child), EventExtra.of(child)));
    step.observe(new Observation(own, null, EventExtra.of(child)).refer(reference));
    step.llmCallCount = 0L;
    steps.add(step);
  }

  private void closeStep() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  /** The steps, without those a later one repeats. */
  List<Step> finish() {
    results.flush(current);
    results.flushDeferred();
    closeStep();
    return RepeatedCalls.without(steps);
  }
}
