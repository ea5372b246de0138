package io.fairlead.core.pricing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text. Of a line that is too long only the beginning is kept. */
final class LineReader {

  private static final int MAX_BYTES = 1 << 20;

  private final InputStream in;
  private long number;

  LineReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** The next line without its end, or null. */
  @Nullable String next() throws IOException {
    int next = in.read();
    if (next < 0) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (; next >= 0 && next != '\n'; next = in.read()) {
      if (line.size() < MAX_BYTES) {
        line.write(next);
      }
    }
    number++;
    return line.toString(StandardCharsets.UTF_8);
  }

  /** The number of the line read last, from 1. */
  long number() {
    return number;
  }
}
