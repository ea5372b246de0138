package io.fairlead.resources;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the small text files in which Linux tells what it counts. */
final class SmallFiles {

  private static final int MOST_BYTES = 64 * 1024;

  private SmallFiles() {}

  /** The text of a file without blanks around it, or null when it cannot be read. */
  static @Nullable String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return null;
    }
  }

  /** Lines of a word and a number, the word's colon left out; empty when there is no file. */
  static Map<String, Long> numbers(Path file) {
    Map<String, Long> numbers = new HashMap<>();
    String text = text(file);
    if (text != null) {
      for (String line : text.split("\n", -1)) {
        String[] words = line.strip().split("[:\\s]+", 3);
        Long number = words.length > 1 ? number(words[1]) : null;
        if (number != null) {
          numbers.put(words[0], number);
        }
      }
    }
    return numbers;
  }

  /** The only number of a file, or null. */
  static @Nullable Long number(Path file) {
    String text = text(file);
    return text == null ? null : number(text);
  }

  /** A whole number that is not negative, or null. */
  static @Nullable Long number(String text) {
    try {
      long value = Long.parseLong(text.strip());
      return value < 0 ? null : (Long) value;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
