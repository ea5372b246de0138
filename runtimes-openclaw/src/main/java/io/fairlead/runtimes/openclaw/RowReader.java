package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.openclaw.Row.Assistant;
import io.fairlead.runtimes.openclaw.Row.Author;
import io.fairlead.runtimes.openclaw.Row.Stop;
import io.fairlead.runtimes.openclaw.Row.ToolRequest;
import io.fairlead.spi.event.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the lines of one transcript in order; the first one says which format it has. */
final class RowReader {

  private static final int OLD_FORMAT = 3;
  private static final int MAX_CONTENT = 64 * 1024;
  private static final String USER_KEY_END = ":user";
  private static final String TOOL_SEARCH = "tool_call";

  private static final Map<String, Stop> STOPS =
      Map.of("toolUse", Stop.TOOLS, "error", Stop.FAILED, "aborted", Stop.ABORTED);

  private static final Map<String, Author> AUTHORS =
      Map.of("inter_session", Author.AGENT, "internal_system", Author.SYSTEM);

  private final boolean captureContent;
  private int version = OLD_FORMAT;

  RowReader(boolean captureContent) {
    this.captureContent = captureContent;
  }

  /** The row of a line, or null when the line is of no interest or no valid JSON. */
  @Nullable Row read(String line) {
    JsonValue json = JsonValue.parse(line);
    if (json == null) {
      return null;
    }
    long time = time(json.text("timestamp"));
    return switch (json.text("type", "")) {
      case "session" -> header(json, time);
      case "message" -> message(json, time);
      case "custom_message", "custom" -> notice(json, time);
      case "reset" -> new Row.Reset(time);
      default -> null;
    };
  }

  private Row header(JsonValue json, long time) {
    Long number = json.whole("version");
    version = number == null ? OLD_FORMAT : (int) Math.min(number, Integer.MAX_VALUE);
    return new Row.Header(time, version);
  }

  private @Nullable Row message(JsonValue json, long time) {
    JsonValue message = json.child("message");
    long made = millis(message.whole("timestamp"));
    long written = time != Row.NO_TIME ? time : made;
    if (written == Row.NO_TIME) {
      return null;
    }
    long began = made == Row.NO_TIME ? written : Math.min(made, written);
    return switch (message.text("role", "")) {
      case "user" -> user(message, written, began);
      case "assistant" -> assistant(message, written, began);
      case "toolResult" -> toolResult(message, written, began);
      default -> null;
    };
  }

  private Row user(JsonValue message, long written, long asked) {
    JsonValue own = message.child("__openclaw");
    String key = message.text("idempotencyKey", "");
    boolean named = key.endsWith(USER_KEY_END);
    JsonValue provenance = message.child("provenance");
    String text = text(message);
    return new Row.User(
        written,
        asked,
        named ? key.substring(0, key.length() - USER_KEY_END.length()) : own.text("runId"),
        own.text("steerTargetRunId"),
        sha256(text),
        AUTHORS.getOrDefault(provenance.text("kind", ""), Author.USER),
        provenance.text("sourceSessionKey"),
        content(text));
  }

  private Row assistant(JsonValue message, long written, long began) {
    String reason = message.text("stopReason");
    Stop stop = STOPS.getOrDefault(reason == null ? "" : reason, Stop.ANSWERED);
    List<ToolRequest> tools = toolRequests(message);
    boolean failed = stop == Stop.FAILED || stop == Stop.ABORTED;
    UsageReader usage = UsageReader.of(message.child("usage"), version, message.text("api"));
    return new Assistant(
        written,
        message.child("__openclaw").text("runId"),
        began,
        message.text("provider"),
        message.text("model"),
        message.text("responseModel"),
        message.text("responseId"),
        stop == Stop.ANSWERED && !tools.isEmpty() ? Stop.TOOLS : stop,
        reason,
        usage.tokens(),
        usage.cost(),
        failed ? errorType(message, stop) : null,
        tools,
        content(text(message)));
  }

  private static String errorType(JsonValue message, Stop stop) {
    String text = message.text("errorMessage");
    if (stop == Stop.ABORTED) {
      boolean slow = text != null && ErrorTypes.of(null, null, text).equals(ErrorTypes.TIMEOUT);
      return slow ? ErrorTypes.TIMEOUT : ErrorTypes.CANCELLED;
    }
    return ErrorTypes.of(message.text("errorCode"), message.text("errorType"), text);
  }

  private List<ToolRequest> toolRequests(JsonValue message) {
    List<ToolRequest> requests = new ArrayList<>();
    for (JsonValue block : message.children("content")) {
      String id = block.text("id");
      String name = block.text("name");
      if ("toolCall".equals(block.text("type")) && id != null && name != null) {
        JsonValue arguments = block.child("arguments");
        String wrapped = name.equals(TOOL_SEARCH) ? arguments.text("id") : null;
        JsonValue shown = wrapped == null ? arguments : arguments.child("args");
        requests.add(
            new ToolRequest(
                id,
                wrapped == null ? name : wrapped,
                captureContent ? bounded(shown.write()) : null));
      }
    }
    return List.copyOf(requests);
  }

  private Row toolResult(JsonValue message, long written, long ended) {
    JsonValue details = message.child("details");
    Long exitCode = details.whole("exitCode");
    Long duration = details.whole("durationMs");
    String status = details.text("status", "");
    return new Row.ToolResult(
        written,
        message.child("__openclaw").text("runId"),
        message.text("toolCallId"),
        message.text("toolName", "unknown"),
        ended,
        duration == null || duration < 0 ? Row.NO_TIME : millis(duration),
        exitCode == null ? null : (Integer) exitCode.intValue(),
        message.isTrue("isError") || status.equals("failed") || status.equals("error"),
        details.isTrue("timedOut") || details.isTrue("noOutputTimedOut"),
        details.text("childSessionKey"),
        content(text(message)));
  }

  private static @Nullable Row notice(JsonValue json, long time) {
    String type = json.text("customType", "");
    JsonValue details = json.has("details") ? json.child("details") : json.child("data");
    String run = details.has("runId") ? details.text("runId") : json.text("runId");
    if (type.endsWith("turn-aborted")) {
      return new Row.RunFailed(time, run, ErrorTypes.CANCELLED);
    }
    if (type.endsWith("run-failed-before-reply")) {
      String error = details.text("error");
      return new Row.RunFailed(
          time, run, ErrorTypes.of(null, null, error != null ? error : json.text("content")));
    }
    return null;
  }

  /** The text of a message, whose content is a string or a list of blocks. */
  private static String text(JsonValue message) {
    String whole = message.text("content");
    if (whole != null) {
      return whole;
    }
    StringBuilder text = new StringBuilder();
    for (JsonValue block : message.children("content")) {
      text.append(block.text("text", ""));
    }
    return text.toString();
  }

  private @Nullable Json content(String text) {
    return captureContent && !text.isEmpty() ? Json.ofString(cut(text)) : null;
  }

  private static Json bounded(String json) {
    return json.length() <= MAX_CONTENT ? new Json(json) : Json.ofString(cut(json));
  }

  private static String cut(String text) {
    return text.length() <= MAX_CONTENT ? text : text.substring(0, MAX_CONTENT);
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static long time(@Nullable String iso) {
    if (iso == null) {
      return Row.NO_TIME;
    }
    try {
      return millis(Instant.parse(iso).toEpochMilli());
    } catch (DateTimeException | ArithmeticException e) {
      return Row.NO_TIME;
    }
  }

  /** Milliseconds as nanoseconds; no time when they cannot be meant. */
  static long millis(@Nullable Long millis) {
    return millis == null || Math.abs(millis) > Long.MAX_VALUE / 1_000_000
        ? Row.NO_TIME
        : millis * 1_000_000;
  }
}
