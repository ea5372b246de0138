package io.fairlead.runtimes.atof.hooks;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Hermes' API hooks say of a model call. */
final class HermesCall {

  private static final List<String> REQUEST =
      List.of(
          "task_id",
          "session_id",
          "platform",
          "model",
          "provider",
          "base_url",
          "api_mode",
          "api_call_count",
          "message_count",
          "tool_count",
          "approx_input_tokens",
          "request_char_count",
          "max_tokens");

  private static final List<String> RESPONSE =
      List.of(
          "task_id",
          "session_id",
          "platform",
          "model",
          "provider",
          "base_url",
          "api_mode",
          "api_call_count",
          "api_duration",
          "finish_reason",
          "message_count",
          "response_model",
          "usage",
          "assistant_content_chars",
          "assistant_tool_call_count",
          "status_code",
          "retry_count",
          "max_retries",
          "retryable",
          "reason",
          "error");

  private static final Map<String, String> ERROR_BY_STATUS =
      Map.of(
          "401", "auth",
          "403", "permission_denied",
          "404", "not_found",
          "408", "timeout",
          "429", "rate_limit");

  private final Payload payload;
  private final String hook;

  HermesCall(Payload payload, String hook) {
    this.payload = payload;
    this.hook = HookAgent.normalized(hook);
  }

  HookEvent.Call call(String session) {
    String provider = text("provider");
    String mode = text("api_mode");
    String answered = text("response_model");
    Object request = exactRequest();
    Object response = exactResponse();
    return new HookEvent.Call(
        id(session),
        text("api_request_id") != null,
        provider != null ? provider : mode != null ? mode : "hermes_api_request",
        answered != null ? answered : text("model"),
        request != null ? request : summary(REQUEST, true),
        response != null ? response : summary(RESPONSE, false),
        hook.equals("apirequesterror") ? error() : null);
  }

  Map<String, @Nullable Object> metadata(String session) {
    boolean exact =
        switch (hook) {
          case "preapirequest" -> exactRequest() != null;
          case "postapirequest" -> exactResponse() != null;
          default -> false;
        };
    return Tree.of(
        "api_call_id",
        id(session),
        "provider_payload_exact",
        exact,
        "fidelity_source",
        exact ? "hermes_api_hooks_sanitized" : "hermes_api_hooks");
  }

  private String id(String session) {
    String id = text("api_request_id");
    return id != null ? id : session + ":" + orEmpty("task_id") + ":" + orEmpty("api_call_count");
  }

  private String orEmpty(String name) {
    String text = text(name);
    return text == null ? "" : text;
  }

  /** A class of failure, never the provider's words. */
  private String error() {
    String status = text("status_code");
    String known = status == null ? null : ERROR_BY_STATUS.get(status);
    if (known != null) {
      return known;
    }
    if (status != null && status.length() == 3 && "45".indexOf(status.charAt(0)) >= 0) {
      return status.startsWith("5") ? "server_error" : "bad_request";
    }
    return "_OTHER";
  }

  private Map<String, @Nullable Object> summary(List<String> names, boolean request) {
    Map<String, @Nullable Object> summary = Tree.of();
    for (String name : names) {
      if (has(name)) {
        summary.put(name, value(name));
      }
    }
    if (request) {
      summary.put(
          "fidelity", Tree.of("provider_payload_exact", false, "source", "hermes_pre_api_request"));
    }
    return summary;
  }

  private @Nullable Object exactRequest() {
    Object request = value("request");
    if (request == null || isTruncated(request)) {
      return null;
    }
    Object body = new Payload(request).value("body");
    return body != null ? body : request;
  }

  private @Nullable Object exactResponse() {
    Object response = value("response");
    if (response == null || isTruncated(response)) {
      return null;
    }
    Payload inside = new Payload(response);
    Object raw = inside.value("raw_response");
    if (raw != null && !isTruncated(raw)) {
      return raw;
    }
    if (inside.has("choices") || inside.has("output") || inside.has("content")) {
      return response;
    }
    return assembled(inside);
  }

  /** An answer made of the parts Hermes gives when it does not give the provider's own. */
  private @Nullable Object assembled(Payload response) {
    if (!response.has("assistant_message")) {
      return null;
    }
    Map<String, @Nullable Object> answer = Tree.of();
    for (String name : List.of("content", "tool_calls")) {
      if (response.has("assistant_message." + name)) {
        answer.put(name, response.value("assistant_message." + name));
      }
    }
    for (String name : List.of("usage", "model", "finish_reason")) {
      if (response.has(name)) {
        answer.put(name, response.value(name));
      } else if (has(name)) {
        answer.put(name, value(name));
      }
    }
    return answer.isEmpty() ? null : answer;
  }

  private static boolean isTruncated(Object value) {
    return Boolean.TRUE.equals(new Payload(value).value("_truncated"));
  }

  private boolean has(String name) {
    return payload.has(name) || payload.has("extra." + name);
  }

  private @Nullable Object value(String name) {
    return payload.value(List.of(name, "extra." + name));
  }

  private @Nullable String text(String name) {
    return Payload.asText(value(name));
  }
}
