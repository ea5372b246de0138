package io.fairlead.core.config;

import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlPosition;

/** The lines of a text, to turn the parser's positions into ours and to see what was written. */
final class TextLines {

  private final @Nullable String file;
  private final String text;
  private final int[] starts;

  TextLines(@Nullable String file, String text) {
    this.file = file;
    this.text = text;
    List<Integer> found = new ArrayList<>();
    found.add(0);
    for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
      found.add(at + 1);
    }
    starts = new int[found.size()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = found.get(i);
    }
  }

  /** The parser counts code points; columns are in UTF-16 units. */
  @Nullable SourcePosition position(@Nullable TomlPosition position) {
    return position == null ? null : position(position.line(), position.column());
  }

  /** The same for a line and a column in code points, both from 1. */
  SourcePosition position(int line, int column) {
    return new SourcePosition(file, line, offset(line, column) - start(line) + 1);
  }

  /** The scalar written at a place: all characters up to one that cannot belong to it. */
  String scalarAt(TomlPosition position) {
    int start = offset(position.line(), position.column());
    int end = start;
    while (end < text.length() && belongsToScalar(end)) {
      end++;
    }
    return text.substring(start, end);
  }

  private boolean belongsToScalar(int at) {
    char c = text.charAt(at);
    if (c == ' ') {
      // A date and its time may be parted by one space.
      return at >= 1
          && at + 1 < text.length()
          && Character.isDigit(text.charAt(at - 1))
          && Character.isDigit(text.charAt(at + 1));
    }
    return Character.isLetterOrDigit(c) || "+-._:".indexOf(c) >= 0;
  }

  private int start(int line) {
    return starts[Math.min(line, starts.length) - 1];
  }

  private int offset(int line, int column) {
    int start = start(line);
    int codePoints = Math.min(column - 1, text.codePointCount(start, text.length()));
    return text.offsetByCodePoints(start, codePoints);
  }
}
