package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How calls ended, as metadata. The peer's hooks leave failures unmarked; here they are errors. */
final class Failures {

  private static final int LONGEST_RESULT = 1 << 20;
  private static final Set<String> FAILED =
      Set.of("error", "failed", "failure", "errored", "timeout", "timed_out");
  private static final Set<String> BLOCKED = Set.of("denied", "deny", "blocked", "block");
  private static final Set<String> CANCELLED =
      Set.of("cancelled", "canceled", "interrupted", "aborted");

  private Failures() {}

  static Map<String, @Nullable Object> of(HookEvent.Call call) {
    return call.error() == null ? Tree.of("otel.status_code", "OK") : error(call.error());
  }

  static Map<String, @Nullable Object> of(HookEvent.Tool tool) {
    Map<String, @Nullable Object> said = Tree.of("status", tool.status());
    String type = type(tool);
    return type == null ? said : Tree.merge(said, error(type));
  }

  private static Map<String, @Nullable Object> error(String type) {
    return Tree.of("otel.status_code", "ERROR", "error.type", type);
  }

  private static @Nullable String type(HookEvent.Tool tool) {
    Payload result = new Payload(tool.result());
    if (Boolean.TRUE.equals(result.value("is_interrupt"))) {
      return "cancelled";
    }
    String status = tool.status() == null ? "" : tool.status().toLowerCase(Locale.ROOT);
    if (BLOCKED.contains(status)) {
      return "blocked";
    }
    if (CANCELLED.contains(status)) {
      return "cancelled";
    }
    if (exitCode(result) != 0) {
      return "exit_code";
    }
    return FAILED.contains(status) ? "tool_error" : null;
  }

  /** The exit code of a command, also of a result that is JSON in a text; 0 when none is known. */
  private static long exitCode(Payload result) {
    Payload inside = result;
    if (result.tree() instanceof String text
        && text.startsWith("{")
        && text.length() <= LONGEST_RESULT) {
      try {
        inside = new Payload(JsonTree.parse(text));
      } catch (IllegalArgumentException e) {
        return 0;
      }
    }
    Object code = inside.value(List.of("exit_code", "exitCode", "returncode"));
    Long number = code instanceof NumberText text ? text.asLong() : null;
    return number == null ? 0 : number;
  }
}
