package io.fairlead.runtimes.openclaw;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Cuts a stream into lines. A line that is too long is left out. */
final class LineReader {

  private static final int CHUNK = 64 * 1024;
  private static final int MAX_LINE = 8 << 20;

  private final Consumer<String> lines;
  private byte[] line = new byte[4096];
  private int length;
  private boolean tooLong;
  private long pending;
  private long consumed;

  LineReader(Consumer<String> lines) {
    this.lines = lines;
  }

  /**
   * Reads to the end, or until so many bytes were read.
   *
   * @return the bytes of the lines that were given; a last line without newline is not among them
   */
  long read(InputStream in, long limit) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long left = limit;
    while (left > 0) {
      int count = in.read(chunk, 0, (int) Math.min(CHUNK, left));
      if (count < 0) {
        break;
      }
      accept(chunk, count);
      left -= count;
    }
    return consumed;
  }

  /** Gives the last line although no newline ends it: nothing more will be written. */
  void finish() {
    if (pending > 0) {
      end();
    }
  }

  private void accept(byte[] bytes, int count) {
    int from = 0;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        append(bytes, from, i);
        pending += i + 1 - from;
        from = i + 1;
        end();
      }
    }
    append(bytes, from, count);
    pending += count - from;
  }

  private void append(byte[] bytes, int from, int to) {
    int more = to - from;
    if (tooLong || length + more > MAX_LINE) {
      tooLong = true;
      length = 0;
      return;
    }
    if (length + more > line.length) {
      line = Arrays.copyOf(line, Math.max(length + more, line.length * 2));
    }
    System.arraycopy(bytes, from, line, length, more);
    length += more;
  }

  private void end() {
    if (!tooLong && length > 0) {
      lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
    }
    consumed += pending;
    pending = 0;
    length = 0;
    tooLong = false;
  }
}
