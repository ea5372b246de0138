package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.runtimes.common.http.HttpRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the headers of a session's first hook say about all its turns.
 *
 * @param metadata weaker than what the hooks themselves say
 * @param stated stronger than it
 */
record SessionHeaders(
    Map<String, @Nullable Object> metadata, Map<String, @Nullable Object> stated) {

  static SessionHeaders of(HttpRequest request) {
    return new SessionHeaders(
        Tree.object(json(request.header("x-nemo-relay-session-metadata"))),
        Tree.of(
            "gateway_config_profile", request.header("x-nemo-relay-config-profile"),
            "gateway_mode", request.header("x-nemo-relay-gateway-mode")));
  }

  private static @Nullable Object json(@Nullable String text) {
    try {
      return text == null ? null : JsonTree.parse(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  Map<String, @Nullable Object> toTree() {
    return Tree.of("metadata", metadata, "stated", stated);
  }

  static SessionHeaders ofTree(@Nullable Object tree) {
    Payload json = new Payload(tree);
    return new SessionHeaders(
        Tree.object(json.value("metadata")), Tree.object(json.value("stated")));
  }
}
