package io.fairlead.runtimes.atof.hooks;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Claude Code's {@code Agent} tool, whose result may say that a subagent is done. */
final class AgentTool {

  private static final Set<String> RUNNING =
      Set.of("async_launched", "launched", "started", "running", "pending", "in_progress");
  private static final Set<String> DONE =
      Set.of(
          "completed",
          "complete",
          "success",
          "succeeded",
          "failed",
          "error",
          "errored",
          "cancelled",
          "canceled",
          "timeout",
          "timed_out");
  private static final List<String> EVIDENCE =
      List.of(
          "content",
          "output",
          "totalDurationMs",
          "totalTokens",
          "totalToolUseCount",
          "durationMs",
          "usage");

  private AgentTool() {}

  /** The subagent a result says is done, or null. */
  static @Nullable String completed(HookAgent agent, HookEvent.Tool tool) {
    if (agent != HookAgent.CLAUDE_CODE || !tool.name().equals("Agent")) {
      return null;
    }
    Payload result = new Payload(tool.result());
    return isDone(result)
        ? result.text(List.of("agentId", "agent_id", "subagentId", "subagent_id"))
        : null;
  }

  private static boolean isDone(Payload result) {
    String status = result.text("status");
    String word =
        status == null
            ? ""
            : status.strip().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
    if (RUNNING.contains(word) || DONE.contains(word)) {
      return DONE.contains(word);
    }
    return EVIDENCE.stream().anyMatch(name -> result.value(name) != null);
  }
}
