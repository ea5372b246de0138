package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.event.Outcome;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** OpenClaw's words for failures as values of {@code error.type}. */
final class ErrorTypes {

  /** The tool ran a command that ended with a code other than 0. */
  static final String EXIT_CODE = "exit_code";

  /** The tool said it failed. */
  static final String TOOL_ERROR = "tool_error";

  /** Somebody stopped the turn. */
  static final String CANCELLED = "cancelled";

  /** It took longer than it was allowed to. */
  static final String TIMEOUT = "timeout";

  private static final Map<Integer, String> BY_STATUS =
      Map.of(
          401, "auth",
          403, "permission_denied",
          404, "not_found",
          408, TIMEOUT,
          429, "rate_limit");

  /** Words of messages and error types, the first that fits wins. */
  private static final Map<String, String> BY_WORD = words();

  private ErrorTypes() {}

  private static Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("cooldown", "cooldown");
    words.put("rate limit", "rate_limit");
    words.put("rate_limit", "rate_limit");
    words.put("overloaded", "server_error");
    words.put("context length", "context_length");
    words.put("context_length", "context_length");
    words.put("authentication", "auth");
    words.put("unauthorized", "auth");
    words.put("api key", "auth");
    words.put("permission", "permission_denied");
    words.put("timed out", TIMEOUT);
    words.put("timeout", TIMEOUT);
    words.put("connect", "connection");
    words.put("network", "connection");
    words.put("socket", "connection");
    words.put("terminated", "connection");
    words.put("econn", "connection");
    words.put("aborted", CANCELLED);
    words.put("not_found", "not_found");
    words.put("invalid_request", "bad_request");
    words.put("api_error", "server_error");
    return words;
  }

  /**
   * The type of a failure.
   *
   * @param code what OpenClaw says was the status, or null
   * @param type the provider's error type, or null
   * @param message the message, which often begins with the status, or null
   */
  static String of(@Nullable String code, @Nullable String type, @Nullable String message) {
    int status = status(code);
    String found = byStatus(status != 0 ? status : status(message));
    if (found != null) {
      return found;
    }
    String words = (type + " " + message).toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> word : BY_WORD.entrySet()) {
      if (words.contains(word.getKey())) {
        return word.getValue();
      }
    }
    return Outcome.OTHER;
  }

  private static @Nullable String byStatus(int status) {
    String type = BY_STATUS.get(status);
    if (type != null) {
      return type;
    }
    if (status >= 500 && status < 600) {
      return "server_error";
    }
    return status >= 400 && status < 500 ? "bad_request" : null;
  }

  /** The HTTP status a text begins with, or 0. */
  private static int status(@Nullable String text) {
    if (text == null || text.length() < 3 || (text.length() > 3 && isDigit(text.charAt(3)))) {
      return 0;
    }
    int status = 0;
    for (int i = 0; i < 3; i++) {
      if (!isDigit(text.charAt(i))) {
        return 0;
      }
      status = status * 10 + (text.charAt(i) - '0');
    }
    return status;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
