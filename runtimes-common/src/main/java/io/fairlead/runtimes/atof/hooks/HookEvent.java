package io.fairlead.runtimes.atof.hooks;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A hook in the words all agents share.
 *
 * @param session the session it belongs to
 * @param name what the agent calls the hook
 * @param payload what it said
 * @param metadata what is said about every event made of it
 * @param subagent the subagent it belongs to, or null
 * @param call facts of a model call, or null
 * @param tool facts of a tool call, or null
 */
record HookEvent(
    HookKind kind,
    HookAgent agent,
    String session,
    String name,
    Payload payload,
    Map<String, @Nullable Object> metadata,
    @Nullable String subagent,
    @Nullable Call call,
    @Nullable Tool tool) {

  /**
   * A model call.
   *
   * @param id what ties its end to its start
   * @param provider also the name of the scope
   * @param model the model, or null
   * @param request what was asked
   * @param response what was answered
   * @param error class of failure, or null
   */
  record Call(
      String id,
      String provider,
      @Nullable String model,
      @Nullable Object request,
      @Nullable Object response,
      @Nullable String error) {}

  /**
   * A tool call.
   *
   * @param id what ties its end to its start, or null
   * @param name the tool
   * @param arguments what it was given, or null
   * @param result what it gave, or null
   * @param status as the agent says it, or null
   */
  record Tool(
      @Nullable String id,
      String name,
      @Nullable Object arguments,
      @Nullable Object result,
      @Nullable String status) {}

  HookEvent of(HookKind newKind) {
    return new HookEvent(newKind, agent, session, name, payload, metadata, subagent, call, tool);
  }

  /** The same in another session, with more metadata, for a subagent if one is given. */
  HookEvent routed(
      String newSession, Map<String, @Nullable Object> more, @Nullable String newSubagent) {
    return new HookEvent(
        kind,
        agent,
        newSession,
        name,
        payload,
        Tree.merge(metadata, more),
        newSubagent == null ? subagent : newSubagent,
        call,
        tool);
  }

  HookEvent with(Payload newPayload, Map<String, @Nullable Object> more) {
    return new HookEvent(
        kind, agent, session, name, newPayload, Tree.merge(metadata, more), subagent, call, tool);
  }
}
