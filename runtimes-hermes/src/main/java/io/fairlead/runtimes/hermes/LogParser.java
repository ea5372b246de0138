package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.hermes.LogFact.CallDone;
import io.fairlead.runtimes.hermes.LogFact.CallFailed;
import io.fairlead.runtimes.hermes.LogFact.GaveUp;
import io.fairlead.runtimes.hermes.LogFact.Retrying;
import io.fairlead.runtimes.hermes.LogFact.ToolDone;
import io.fairlead.runtimes.hermes.LogFact.TurnBegan;
import io.fairlead.runtimes.hermes.LogFact.TurnEnded;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines of {@code agent.log}: {@code 2026-11-21 07:02:59,237 INFO [session] logger: text}.
 * Lines of other shapes, continuation lines among them, are nothing. Remembers the last time, so
 * that an hour that occurs twice is told apart by the order of the lines. Not thread-safe.
 */
final class LogParser {

  private static final int STAMP = 23;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private static final String LOOP = "agent.conversation_loop: ";
  private static final String TOOLS = "agent.tool_executor: ";
  private static final String CONTEXT = "agent.turn_context: conversation turn: ";

  private final ZoneId zone;
  private long lastNanos = Long.MIN_VALUE;

  LogParser(ZoneId zone) {
    this.zone = zone;
  }

  /** What a line says, or null when it says nothing that is needed. */
  @Nullable LogFact parse(String line) {
    if (line.length() < STAMP + 8 || line.charAt(4) != '-' || line.charAt(19) != ',') {
      return null;
    }
    int level = line.indexOf(' ', STAMP + 1);
    if (level < 0 || level + 1 >= line.length() || line.charAt(level + 1) != '[') {
      return null;
    }
    int close = line.indexOf("] ", level);
    if (close < 0) {
      return null;
    }
    int text = close + 2;
    boolean loop = line.startsWith(LOOP, text);
    boolean tools = !loop && line.startsWith(TOOLS, text);
    if (!loop && !tools && !line.startsWith(CONTEXT, text)) {
      return null;
    }
    long time = time(line);
    if (time == Long.MIN_VALUE) {
      return null;
    }
    String session = line.substring(level + 2, close);
    if (loop) {
      return loopFact(time, session, line.substring(text + LOOP.length()));
    }
    return tools
        ? toolFact(time, session, line.substring(text + TOOLS.length()))
        : new TurnBegan(time, session, after(line, " msg="));
  }

  private static @Nullable LogFact loopFact(long time, String session, String text) {
    if (text.startsWith("API call #")) {
      return callDone(time, session, text);
    }
    if (text.startsWith("API call failed (attempt ")) {
      return callFailed(time, session, text);
    }
    if (text.startsWith("Retrying API call in ")) {
      return new Retrying(time, session, seconds(text, "Retrying API call in ".length()));
    }
    if (text.startsWith("API call failed after ")
        || text.startsWith("Non-retryable client error")) {
      return new GaveUp(time, session);
    }
    if (text.startsWith("Turn ended: ")) {
      return new TurnEnded(time, session, field(text, "reason="));
    }
    return null;
  }

  private static LogFact callDone(long time, String session, String text) {
    int latency = text.indexOf(" latency=");
    return new CallDone(
        time,
        session,
        field(text, " model="),
        field(text, " provider="),
        count(field(text, " in=")),
        count(field(text, " out=")),
        count(field(text, " cache=")),
        latency < 0 ? -1 : seconds(text, latency + " latency=".length()));
  }

  private static LogFact callFailed(long time, String session, String text) {
    String status = after(text, " summary=HTTP ");
    return new CallFailed(
        time,
        session,
        (int) count(text.substring("API call failed (attempt ".length())),
        ErrorTypes.of(field(text, " error_type="), (int) count(status)),
        field(text, " provider="),
        field(text, " base_url="),
        field(text, " model="));
  }

  private static @Nullable LogFact toolFact(long time, String session, String text) {
    int name = "tool ".length();
    if (!text.regionMatches(true, 0, "tool ", 0, name)) {
      return null;
    }
    for (String verb : List.of(" completed (", " failed (", " returned error (")) {
      int at = text.indexOf(verb, name);
      if (at > 0 && text.indexOf(' ', name) == at) {
        long duration = seconds(text, at + verb.length());
        boolean failed = !verb.equals(" completed (");
        return duration < 0
            ? null
            : new ToolDone(time, session, text.substring(name, at), duration, failed);
      }
    }
    return null;
  }

  private static String after(String text, String mark) {
    int at = text.indexOf(mark);
    return at < 0 ? "" : text.substring(at + mark.length());
  }

  private static String field(String text, String mark) {
    int at = text.indexOf(mark);
    if (at < 0) {
      return "";
    }
    int from = at + mark.length();
    int to = text.indexOf(' ', from);
    return to < 0 ? text.substring(from) : text.substring(from, to);
  }

  /** The whole number a text begins with, 0 when it begins with none. */
  private static long count(String text) {
    long value = 0;
    for (int i = 0; i < text.length() && i < 15 && Character.isDigit(text.charAt(i)); i++) {
      value = value * 10 + Character.digit(text.charAt(i), 10);
    }
    return value;
  }

  /** A number of seconds such as {@code 2.635s} in nanoseconds, or -1. */
  private static long seconds(String text, int from) {
    int to = from;
    while (to < text.length()
        && to - from < 24
        && (Character.isDigit(text.charAt(to)) || text.charAt(to) == '.')) {
      to++;
    }
    try {
      return new BigDecimal(text.substring(from, to))
          .movePointRight(9)
          .setScale(0, RoundingMode.HALF_EVEN)
          .longValueExact();
    } catch (ArithmeticException | NumberFormatException e) {
      return -1;
    }
  }

  private long time(String line) {
    try {
      LocalDateTime local =
          LocalDateTime.of(
              digits(line, 0, 4),
              digits(line, 5, 7),
              digits(line, 8, 10),
              digits(line, 11, 13),
              digits(line, 14, 16),
              digits(line, 17, 19),
              (int) (digits(line, 20, 23) * NANOS_PER_MILLI));
      long time = inOrder(local);
      lastNanos = Math.max(lastNanos, time);
      return time;
    } catch (DateTimeException | NumberFormatException e) {
      return Long.MIN_VALUE;
    }
  }

  private long inOrder(LocalDateTime local) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    long first =
        nanos(local, offsets.isEmpty() ? zone.getRules().getOffset(local) : offsets.get(0));
    // An hour that occurs twice: the earlier reading would put the line before one already read.
    return offsets.size() == 2 && first < lastNanos ? nanos(local, offsets.get(1)) : first;
  }

  private static long nanos(LocalDateTime local, ZoneOffset offset) {
    return Math.multiplyExact(local.toInstant(offset).toEpochMilli(), NANOS_PER_MILLI);
  }

  private static int digits(String line, int from, int to) {
    return Integer.parseInt(line, from, to, 10);
  }
}
