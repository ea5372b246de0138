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
 * @param headers what the request's headers say of the session
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
    @Nullable Tool tool,
    SessionHeaders headers) {

  /**
   * A model call.
   *
   * @param id what ties its end to its start
   * @param identified whether the hook itself gave that id
   * @param provider also the name of the scope
   * @param model the model, or null
   * @param request what was asked
   * @param response what was answered
   * @param error class of failure, or null
   */
  record Call(
      String id,
      boolean identified,
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

  /** The start of a session that is known from what happens in it only. */
  static HookEvent sessionStart(HookAgent agent, String session, SessionHeaders headers) {
    return new HookEvent(
        HookKind.SESSION_START,
        agent,
        session,
        "",
        Payload.NOTHING,
        Tree.of(),
        null,
        null,
        null,
        headers);
  }

  /** What its session is kept under. */
  String key() {
    return key(session);
  }

  /** What another session of the same agent is kept under. */
  String key(String otherSession) {
    return agent.wireName() + "/" + otherSession;
  }

  /** Whether it names the call it is about. */
  boolean isIdentified() {
    return tool != null ? tool.id() != null : call != null && call.identified();
  }

  HookEvent of(HookKind newKind) {
    return new HookEvent(
        newKind, agent, session, name, payload, metadata, subagent, call, tool, headers);
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
        tool,
        headers);
  }

  HookEvent with(Payload newPayload, Map<String, @Nullable Object> more) {
    return new HookEvent(
        kind,
        agent,
        session,
        name,
        newPayload,
        Tree.merge(metadata, more),
        subagent,
        call,
        tool,
        headers);
  }
}
