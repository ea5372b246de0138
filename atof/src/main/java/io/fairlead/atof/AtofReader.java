package io.fairlead.atof;

import io.fairlead.spi.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * ATOF 0.1 records as events, in file order. Stateful: it remembers the starts of open scopes, so
 * that an end carries its start, and which trace and session a scope belongs to, for records that
 * do not say it themselves. One reader per stream of records; not thread-safe.
 *
 * <ul>
 *   <li>Typed facts come from {@code metadata.fairlead}. A record without them is read by what its
 *       members and metadata say ({@code otel.status_code}, {@code error.type}, {@code session_id},
 *       {@code agent_kind} as runtime, else {@code atof}); payloads are left to a codec.
 *   <li>The trace root of our own records is their {@code propagation_root_uuid}. For others it is
 *       that of the parent when the parent was seen; else what {@code propagation_root_uuid} says,
 *       unless that scope was not seen and the record stands directly below it or below nobody:
 *       then the event itself.
 *   <li>An end whose start was not seen starts when it says, else when it ends, and is then {@link
 *       io.fairlead.spi.event.TimeQuality#APPROXIMATE}.
 *   <li>Members this version does not know, and the spelling of the others, are kept in {@link
 *       io.fairlead.spi.event.EventHeader#unknownFields()}; {@link AtofWriter} restores them.
 *   <li>A line that is no record is reported and left out; reading goes on.
 * </ul>
 */
public final class AtofReader {

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String instance;
  private final Limits limits;
  private final Problems problems;
  private final ScopeMemory memory;
  private long lines;

  /** A reader with default limits for events of one component instance. */
  public AtofReader(String instance, Problems problems) {
    this(instance, Limits.DEFAULT, problems);
  }

  /**
   * A reader.
   *
   * @param instance {@link io.fairlead.spi.event.Origin#instance()} of events that name none
   * @param limits bounds of what it takes and remembers
   * @param problems takes what is wrong with lines
   */
  public AtofReader(String instance, Limits limits, Problems problems) {
    this.instance = instance;
    this.limits = limits;
    this.problems = problems;
    this.memory = new ScopeMemory(limits.maxOpenScopes());
  }

  /** The event of the next line, given without its line break; null for a blank or bad line. */
  public @Nullable Event readLine(byte[] line) {
    lines++;
    if (line.length > limits.maxLineBytes()) {
      tooLong();
      return null;
    }
    if (isBlank(line)) {
      return null;
    }
    try {
      return RecordReader.read(lines == 1 ? withoutByteOrderMark(line) : line, memory, instance);
    } catch (MalformedJsonException | IllegalArgumentException e) {
      problems.bad(lines, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /**
   * Reads to the end of a stream; a last line without a line break counts. Never holds more than
   * one line. Does not close the stream.
   */
  public void readAll(InputStream in, Consumer<Event> events) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    byte[] buffer = new byte[1 << 16];
    boolean skipping = false;
    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
      int from = 0;
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') {
          skipping = append(line, buffer, from, i, skipping);
          finish(line, skipping, events);
          skipping = false;
          from = i + 1;
        }
      }
      skipping = append(line, buffer, from, count, skipping);
    }
    if (line.size() > 0 || skipping) {
      finish(line, skipping, events);
    }
  }

  /** Adds a piece to a line; true when the line is now too long and its rest shall be skipped. */
  private boolean append(
      ByteArrayOutputStream line, byte[] buffer, int from, int to, boolean skipping) {
    if (skipping || (long) line.size() + (to - from) > limits.maxLineBytes()) {
      line.reset();
      return true;
    }
    line.write(buffer, from, to - from);
    return false;
  }

  private void finish(ByteArrayOutputStream line, boolean skipped, Consumer<Event> events) {
    if (skipped) {
      lines++;
      tooLong();
      return;
    }
    Event event = readLine(line.toByteArray());
    line.reset();
    if (event != null) {
      events.accept(event);
    }
  }

  private static byte[] withoutByteOrderMark(byte[] line) {
    boolean marked =
        line.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(
                line, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    return marked ? Arrays.copyOfRange(line, BYTE_ORDER_MARK.length, line.length) : line;
  }

  private void tooLong() {
    problems.bad(lines, "longer than " + limits.maxLineBytes() + " bytes");
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /** How many scopes have started and not ended so far. */
  public int openScopes() {
    return memory.openScopes();
  }

  /**
   * Bounds.
   *
   * @param maxLineBytes longest line it takes
   * @param maxOpenScopes how many starts it remembers; beyond, the oldest is forgotten
   */
  public record Limits(int maxLineBytes, int maxOpenScopes) {

    /** 64 MiB and 10,000 scopes. */
    public static final Limits DEFAULT = new Limits(64 << 20, 10_000);

    public Limits {
      if (maxLineBytes < 1 || maxOpenScopes < 1) {
        throw new IllegalArgumentException("limits must be at least 1");
      }
    }
  }

  /** Takes what is wrong with lines. */
  @FunctionalInterface
  public interface Problems {

    /**
     * A line that is no record.
     *
     * @param line its number, from 1
     * @param reason why, in words that quote nothing of it
     */
    void bad(long line, String reason);
  }
}
