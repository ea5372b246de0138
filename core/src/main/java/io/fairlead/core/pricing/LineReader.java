package io.fairlead.core.pricing;

import java.io.ByteArrayOutputStream;
import java.io.Flushable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 text, with or without a byte order mark. Of a line that is too long only the
 * beginning is kept. Before it waits for input it flushes what was answered so far.
 */
final class LineReader {

  /** The longest line in bytes. */
  static final int MAX_BYTES = 1 << 20;

  private static final int BUFFER = 1 << 13;
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final InputStream in;
  private final Flushable answers;
  private final byte[] buffer = new byte[BUFFER];
  private int next;
  private int end;
  private long number;
  private boolean tooLong;

  LineReader(InputStream in, Flushable answers) {
    this.in = in;
    this.answers = answers;
  }

  /** The next line without its end, or null. */
  @Nullable String next() throws IOException {
    int read = read();
    if (read < 0) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    tooLong = false;
    for (; read >= 0 && read != '\n'; read = read()) {
      if (line.size() < MAX_BYTES) {
        line.write(read);
      } else {
        tooLong = true;
      }
    }
    number++;
    String text = line.toString(StandardCharsets.UTF_8);
    return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  /** The number of the line read last, from 1. */
  long number() {
    return number;
  }

  /** Whether something of the line read last is missing. */
  boolean isTooLong() {
    return tooLong;
  }

  private int read() throws IOException {
    if (next == end) {
      if (in.available() <= 0) {
        answers.flush();
      }
      next = 0;
      end = Math.max(0, in.read(buffer));
    }
    return next == end ? -1 : buffer[next++] & 0xFF;
  }
}
