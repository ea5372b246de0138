package io.fairlead.runtimes.openclaw;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.airlift.compress.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What OpenClaw compresses. */
final class Zstd {

  /** Largest row OpenClaw writes. */
  private static final int MAX_ROW = 4 << 20;

  private Zstd() {}

  /**
   * The text of a compressed row, or null when it cannot be read.
   *
   * @param size bytes it has according to the store
   */
  static @Nullable String row(byte[] compressed, int size) {
    if (size <= 0 || size > MAX_ROW) {
      return null;
    }
    byte[] text = new byte[size];
    try {
      int length =
          new ZstdDecompressor().decompress(compressed, 0, compressed.length, text, 0, size);
      return new String(text, 0, length, StandardCharsets.UTF_8);
    } catch (MalformedInputException | IllegalArgumentException e) {
      return null;
    }
  }

  /** A compressed transcript as a stream of text. */
  static InputStream stream(InputStream compressed) {
    return new ZstdInputStream(compressed);
  }

  static InputStream stream(byte[] bytes, boolean compressed) {
    InputStream plain = new ByteArrayInputStream(bytes);
    return compressed ? stream(plain) : plain;
  }
}
