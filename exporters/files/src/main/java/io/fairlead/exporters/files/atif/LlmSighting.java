package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One model call as one observer saw it. Works out what is compared only when it is asked for. */
final class LlmSighting {

  private static final String EXACT = "provider_payload_exact";
  private static final String HOOK = "hook_event_name";

  private static final List<String[]> REQUEST_IDS =
      List.of(
          path("api_call_id"),
          path("apiCallId"),
          path("request_id"),
          path("requestId"),
          path("request", "id"),
          path("metadata", "request_id"),
          path("metadata", "requestId"),
          path("extra", "api_call_id"),
          path("extra", "apiCallId"),
          path("extra", "request_id"),
          path("extra", "requestId"),
          path("llm_correlation_request_id"));
  private static final List<String[]> GENERATION_IDS =
      List.of(
          path("generation_id"),
          path("generationId"),
          path("generation", "id"),
          path("metadata", "generation_id"),
          path("metadata", "generationId"),
          path("extra", "generation_id"),
          path("extra", "generationId"),
          path("llm_correlation_generation_id"));

  private final TrajectoryEvent start;
  private final TrajectoryEvent end;
  private final int score;
  private @Nullable String request;
  private @Nullable String response;

  LlmSighting(TrajectoryEvent start, TrajectoryEvent end) {
    this.start = start;
    this.end = end;
    this.score = Math.max(score(start), score(end));
  }

  private static String[] path(String... names) {
    return names;
  }

  UUID uuid() {
    return start.uuid();
  }

  long startNanos() {
    return start.timeNanos();
  }

  /** How exactly it shows what was sent; more is better. */
  int score() {
    return score;
  }

  boolean overlaps(LlmSighting later) {
    return later.start.timeNanos() <= end.timeNanos();
  }

  boolean isTheSameCallAs(LlmSighting other) {
    String model = model();
    String otherModel = other.model();
    if (start.timeNanos() > other.end.timeNanos()
        || (model != null && otherModel != null && !model.equals(otherModel))) {
      return false;
    }
    boolean sameRequest = request().equals(other.request());
    if (sameRequest && response().equals(other.response())) {
      return true;
    }
    boolean complementary =
        (isInexactHook() && other.isGateway()) || (other.isInexactHook() && isGateway());
    return complementary && (sameRequest || !Collections.disjoint(keys(), other.keys()));
  }

  @Nullable Metrics metrics() {
    return UsageBody.read(end.data(), end.name());
  }

  private @Nullable String model() {
    String model = ResponseBody.model(end.data());
    return model != null ? model : Lookups.requestedModel(start);
  }

  private String request() {
    String text = request;
    if (text == null) {
      text = JsonTree.write(RequestBody.userMessage(RequestBody.of(start.data())));
      request = text;
    }
    return text;
  }

  private String response() {
    String text = response;
    if (text == null) {
      text = JsonTree.write(ResponseBody.message(end.data())) + ResponseBody.toolCalls(end.data());
      response = text;
    }
    return text;
  }

  private boolean isInexactHook() {
    return (isInexact(start) || isInexact(end)) && (has(start, HOOK) || has(end, HOOK));
  }

  private boolean isGateway() {
    return isGateway(start) || isGateway(end);
  }

  private static boolean isGateway(TrajectoryEvent event) {
    return has(event, "gateway_path") || has(event, "llm_correlation_source");
  }

  private static boolean isInexact(TrajectoryEvent event) {
    return Boolean.FALSE.equals(JsonTree.at(event.metadata(), EXACT));
  }

  private static boolean has(TrajectoryEvent event, String name) {
    return event.metadata() instanceof Members metadata && metadata.containsKey(name);
  }

  private static int score(TrajectoryEvent event) {
    Object metadata = event.metadata();
    if (Boolean.TRUE.equals(JsonTree.at(metadata, "projection"))) {
      return 10;
    }
    if (isInexact(event)) {
      return 30;
    }
    if (Boolean.TRUE.equals(JsonTree.at(metadata, EXACT))) {
      return 100;
    }
    if (has(event, "fidelity_source") || has(event, "api_call_id")) {
      return 95;
    }
    return has(event, HOOK) ? 90 : 50;
  }

  private Set<String> keys() {
    Set<String> keys = new HashSet<>();
    for (TrajectoryEvent event : List.of(start, end)) {
      collect(event.metadata(), keys);
      Object data = event.data();
      if (data != null) {
        collect(data, keys);
        collect(RequestBody.of(data), keys);
      }
    }
    return keys;
  }

  private static void collect(@Nullable Object value, Set<String> keys) {
    collect(value, "request:", REQUEST_IDS, keys);
    collect(value, "generation:", GENERATION_IDS, keys);
  }

  private static void collect(
      @Nullable Object value, String kind, List<String[]> paths, Set<String> keys) {
    for (String[] path : paths) {
      String id = JsonTree.text(value, path);
      if (id != null && !id.isEmpty()) {
        keys.add(kind + id);
      }
    }
  }
}
