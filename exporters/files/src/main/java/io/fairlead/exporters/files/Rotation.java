package io.fairlead.exporters.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Sets a file aside when it has grown enough, between two batches, so that no line is ever split:
 * {@code events.jsonl} becomes {@code events.jsonl.1}, that one {@code events.jsonl.2}, and so on.
 *
 * @param maxBytes size from which on a file is set aside
 * @param maxFiles how many of those are kept
 */
record Rotation(long maxBytes, int maxFiles) {

  /** Keeps every file. */
  static final int ALL = Integer.MAX_VALUE;

  /** Sets a closed file aside. A step that fails leaves every line where a reader finds it. */
  void rotate(Path file) throws IOException {
    int last = 0;
    while (last < maxFiles && Files.exists(numbered(file, last + 1))) {
      last++;
    }
    for (int number = last == maxFiles ? last - 1 : last; number >= 1; number--) {
      move(numbered(file, number), numbered(file, number + 1));
    }
    move(file, numbered(file, 1));
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path numbered(Path file, int number) {
    return file.resolveSibling(file.getFileName() + "." + number);
  }
}
