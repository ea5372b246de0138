package io.fairlead.runtimes.hermes;

import io.fairlead.spi.event.Outcome;
import java.util.Map;

/** Hermes' words for failures as values of {@code error.type}. */
final class ErrorTypes {

  /** The tool ran a command that ended with a code other than 0. */
  static final String EXIT_CODE = "exit_code";

  /** The tool said it failed. */
  static final String TOOL_ERROR = "tool_error";

  /** The tool was not allowed to run. */
  static final String BLOCKED = "blocked";

  /** Somebody stopped the turn. */
  static final String CANCELLED = "cancelled";

  private static final Map<String, String> BY_CLASS =
      Map.ofEntries(
          Map.entry("RateLimitError", "rate_limit"),
          Map.entry("InternalServerError", "server_error"),
          Map.entry("ServiceUnavailableError", "server_error"),
          Map.entry("OverloadedError", "server_error"),
          Map.entry("BadRequestError", "bad_request"),
          Map.entry("UnprocessableEntityError", "bad_request"),
          Map.entry("AuthenticationError", "auth"),
          Map.entry("PermissionDeniedError", "permission_denied"),
          Map.entry("NotFoundError", "not_found"),
          Map.entry("APITimeoutError", "timeout"),
          Map.entry("TimeoutError", "timeout"),
          Map.entry("ReadTimeout", "timeout"),
          Map.entry("ConnectTimeout", "timeout"),
          Map.entry("APIConnectionError", "connection"),
          Map.entry("ConnectError", "connection"),
          Map.entry("ConnectionError", "connection"),
          Map.entry("ReadError", "connection"),
          Map.entry("RemoteProtocolError", "connection"));

  private static final Map<Integer, String> BY_STATUS =
      Map.of(
          401, "auth",
          403, "permission_denied",
          404, "not_found",
          408, "timeout",
          429, "rate_limit");

  private ErrorTypes() {}

  /**
   * The type of a failed call.
   *
   * @param errorClass Hermes' {@code error_type}
   * @param httpStatus status of the answer, 0 when there was none
   */
  static String of(String errorClass, int httpStatus) {
    String type = BY_CLASS.get(errorClass);
    if (type == null) {
      type = BY_STATUS.get(httpStatus);
    }
    if (type != null) {
      return type;
    }
    if (httpStatus >= 500 && httpStatus < 600) {
      return "server_error";
    }
    return httpStatus >= 400 && httpStatus < 500 ? "bad_request" : Outcome.OTHER;
  }
}
