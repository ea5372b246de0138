package io.fairlead.runtimes.common.files;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Follows a text file that grows, is rotated ({@code name}, {@code name.1}, {@code name.2}, …), cut
 * short or replaced, and gives its lines in the order they were written.
 *
 * <p>A file is known by its first bytes, not by its name, so that a rotation neither loses nor
 * repeats a line. Lines longer than the bound are cut; bytes that are no UTF-8 are replaced. A last
 * line without its newline is left for later. Not thread-safe.
 */
public final class LogTail {

  private static final int HEAD_BYTES = 256;
  private static final int CHUNK = 64 * 1024;

  private final Path file;
  private final int backups;
  private final int maxLine;
  private List<Known> known = List.of();

  /**
   * @param file the newest file
   * @param backups how many rotated files there may be
   * @param maxLine longest line in bytes; the rest of a longer one is skipped
   */
  public LogTail(Path file, int backups, int maxLine) {
    this.file = file;
    this.backups = backups;
    this.maxLine = maxLine;
  }

  /** Gives every line written since the last call; all there are at the first. */
  public void poll(Consumer<String> lines) throws IOException {
    List<Known> seen = new ArrayList<>();
    for (int i = backups; i >= 0; i--) {
      Path next = i == 0 ? file : file.resolveSibling(file.getFileName() + "." + i);
      if (Files.isRegularFile(next)) {
        read(next, seen, lines);
      }
    }
    known = seen;
  }

  private void read(Path next, List<Known> seen, Consumer<String> lines) throws IOException {
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.READ)) {
      byte[] head = head(channel);
      long offset = offsetOf(head, channel.size());
      channel.position(offset);
      LineCutter cutter = new LineCutter(maxLine, lines);
      ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
      while (channel.read(buffer) > 0) {
        cutter.accept(buffer.array(), buffer.position());
        buffer.clear();
      }
      seen.add(new Known(head, offset + cutter.consumed()));
    } catch (NoSuchFileException e) {
      // Rotated away between listing and opening: the next poll finds it under its new name.
      seen.addAll(known);
    }
  }

  private static byte[] head(FileChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(HEAD_BYTES);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer);
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  private long offsetOf(byte[] head, long size) {
    for (Known file : known) {
      if (file.head.length > 0
          && head.length >= file.head.length
          && size >= file.offset
          && Arrays.equals(head, 0, file.head.length, file.head, 0, file.head.length)) {
        return file.offset;
      }
    }
    return 0;
  }

  /** A file read before: its first bytes and how far it was read. */
  private static final class Known {
    private final byte[] head;
    private final long offset;

    Known(byte[] head, long offset) {
      this.head = head;
      this.offset = offset;
    }
  }

  /** Cuts bytes into lines. */
  private static final class LineCutter {
    private final byte[] line;
    private final Consumer<String> lines;
    private int length;
    private long pending;
    private long consumed;

    LineCutter(int maxLine, Consumer<String> lines) {
      this.line = new byte[maxLine];
      this.lines = lines;
    }

    void accept(byte[] bytes, int count) {
      for (int i = 0; i < count; i++) {
        pending++;
        if (bytes[i] == '\n') {
          lines.accept(new String(line, 0, length, StandardCharsets.UTF_8));
          consumed += pending;
          pending = 0;
          length = 0;
        } else if (length < line.length) {
          line[length++] = bytes[i];
        }
      }
    }

    long consumed() {
      return consumed;
    }
  }
}
