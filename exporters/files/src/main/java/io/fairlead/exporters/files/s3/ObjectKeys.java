package io.fairlead.exporters.files.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The keys of objects, made of paths as NeMo Relay's library makes them (object_store 0.14): no
 * empty segments, and what many programs cannot read in a key is percent-encoded within it.
 */
final class ObjectKeys {

  private static final String UNREADABLE = "\\{^}%`]\">[~<#|*?";
  private static final String UNRESERVED = "-_.~";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ObjectKeys() {}

  /** The key of a path, encoded once more as the path of a URL, without a leading slash. */
  static String urlPath(String path) {
    List<String> segments = new ArrayList<>();
    for (String segment : path.split("/")) {
      if (!segment.isEmpty()) {
        segments.add(encode(key(segment), ObjectKeys::isUnreserved));
      }
    }
    return String.join("/", segments);
  }

  private static String key(String segment) {
    if (segment.equals(".") || segment.equals("..")) {
      return segment.replace(".", "%2E");
    }
    return encode(segment, c -> c >= ' ' && c < 127 && UNREADABLE.indexOf(c) < 0);
  }

  private static boolean isUnreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }

  private static String encode(String text, IntPredicate kept) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = Byte.toUnsignedInt(b);
      if (kept.test(c)) {
        out.append((char) c);
      } else {
        out.append('%').append(HEX.toHexDigits(b));
      }
    }
    return out.toString();
  }
}
