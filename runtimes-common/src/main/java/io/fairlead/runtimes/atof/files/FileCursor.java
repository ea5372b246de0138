package io.fairlead.runtimes.atof.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads whole lines of one file from where it stands. A last line without its line break is left
 * for later.
 */
final class FileCursor {

  private static final int CHUNK = 1 << 16;

  private final int maxLine;
  private long offset;
  private long lines;
  private long seen = -1;

  FileCursor(int maxLine) {
    this.maxLine = maxLine;
  }

  /** First byte that was not read. */
  long offset() {
    return offset;
  }

  /** Lines read. */
  long lines() {
    return lines;
  }

  void moveTo(long newOffset, long newLines) {
    offset = newOffset;
    lines = newLines;
    seen = -1;
  }

  /** Whether a file of this size was read to its end before. */
  boolean hasSeen(long size) {
    return seen == size;
  }

  /** Takes lines. */
  @FunctionalInterface
  interface Lines {

    /**
     * A line without its line break.
     *
     * @param line null when it is longer than the bound
     * @param end first byte after it
     * @param number its number, from 1
     * @return false to stop after this one
     */
    boolean accept(byte @Nullable [] line, long end, long number);
  }

  /**
   * Reads lines until there are no more or the taker has enough.
   *
   * @return bytes at the end that are no whole line; null when the taker stopped
   */
  byte @Nullable [] read(FileChannel channel, Lines taker) throws IOException {
    channel.position(offset);
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0;
    long at = offset;
    while (channel.read(buffer) > 0) {
      byte[] bytes = buffer.array();
      int from = 0;
      for (int i = 0; i < buffer.position(); i++) {
        if (bytes[i] == '\n') {
          length += append(line, bytes, from, i, length);
          from = i + 1;
          offset = at + from;
          lines++;
          boolean more = taker.accept(length > maxLine ? null : text(line), offset, lines);
          line.reset();
          length = 0;
          if (!more) {
            return null;
          }
        }
      }
      length += append(line, bytes, from, buffer.position(), length);
      at += buffer.position();
      buffer.clear();
    }
    seen = at;
    return length > maxLine ? new byte[0] : text(line);
  }

  private byte[] text(ByteArrayOutputStream line) {
    byte[] bytes = line.toByteArray();
    boolean marked =
        lines <= 1
            && bytes.length >= 3
            && bytes[0] == (byte) 0xEF
            && bytes[1] == (byte) 0xBB
            && bytes[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
  }

  /** Keeps a piece of a line as long as the line is not too long; says how long the piece is. */
  private int append(ByteArrayOutputStream line, byte[] bytes, int from, int to, long length) {
    if (length + to - from <= maxLine) {
      line.write(bytes, from, to - from);
    }
    return to - from;
  }
}
