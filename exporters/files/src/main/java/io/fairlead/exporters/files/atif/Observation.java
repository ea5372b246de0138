package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The result of a tool call, or a reference to the trajectory of a subagent. */
final class Observation {

  /** Members of {@code extra} that say what came out of a call. */
  private static final List<String> RESULTS =
      List.of("tool_result", "tool_result_annotation", "fairlead");

  private @Nullable String sourceCallId;
  private @Nullable Object content;
  private final List<Members> references = new ArrayList<>();
  private final Members extra;

  Observation(@Nullable String sourceCallId, @Nullable Object content, Members extra) {
    this.sourceCallId = sourceCallId;
    this.content = content;
    this.extra = extra;
  }

  @Nullable String sourceCallId() {
    return sourceCallId;
  }

  /** Takes the result from a call that no step has asked for. */
  Observation alone() {
    sourceCallId = null;
    return this;
  }

  Observation refer(Members reference) {
    references.add(reference);
    return this;
  }

  /**
   * Takes what another observation of the same call knows more. A subagent is referred to; what its
   * own event says is no part of the call's result.
   */
  void merge(Observation more) {
    if (content == null) {
      content = more.content;
    }
    if (!more.references.isEmpty()) {
      references.addAll(more.references);
      return;
    }
    for (Map.Entry<String, @Nullable Object> member : more.extra.entrySet()) {
      extra.putIfAbsent(member.getKey(), member.getValue());
    }
  }

  /** Drops references to trajectories that are not there. Says whether anything is left. */
  boolean keepReferences(Set<String> trajectories) {
    references.removeIf(
        reference -> !trajectories.contains(String.valueOf(reference.get("trajectory_id"))));
    return content != null
        || !references.isEmpty()
        || RESULTS.stream().anyMatch(extra::containsKey);
  }

  Members toTree() {
    return new Members()
        .with("source_call_id", sourceCallId)
        .with("content", content)
        .with("subagent_trajectory_ref", references.isEmpty() ? null : List.copyOf(references))
        .with("extra", extra);
  }
}
