package io.fairlead.spi.diagnostic;

import org.jspecify.annotations.Nullable;

/**
 * A place in a text file.
 *
 * @param file the file as the user named it, or null for text without a file
 * @param line from 1
 * @param column from 1, in UTF-16 units
 */
public record SourcePosition(@Nullable String file, int line, int column) {

  @Override
  public String toString() {
    return (file == null ? "" : file + ":") + line + ":" + column;
  }
}
