package io.fairlead.core.instrumentation;

import io.fairlead.spi.event.Origin;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The {@code traceparent} header of W3C Trace Context (Recommendation of 2021-11-23). */
final class Traceparent {

  private static final int LENGTH = 55;
  private static final HexFormat HEX = HexFormat.of();

  private Traceparent() {}

  /** The header that makes another program's span a child of a scope. */
  static String of(UUID traceRoot, UUID scope) {
    return "00-"
        + HEX.toHexDigits(traceRoot.getMostSignificantBits())
        + HEX.toHexDigits(traceRoot.getLeastSignificantBits())
        + "-"
        + HEX.toHexDigits(scope.getLeastSignificantBits())
        + "-01";
  }

  /** The span a header names, or null when the header is not valid. */
  static @Nullable ScopeParent parse(String header, @Nullable Origin origin) {
    if (!hasShape(header)) {
      return null;
    }
    long high = HexFormat.fromHexDigitsToLong(header, 3, 19);
    long low = HexFormat.fromHexDigitsToLong(header, 19, 35);
    long span = HexFormat.fromHexDigitsToLong(header, 36, 52);
    return (high | low) == 0 || span == 0 ? null : ScopeParent.span(high, low, span, origin);
  }

  /** Later versions may be longer, after another dash; version ff is forbidden. */
  private static boolean hasShape(String header) {
    boolean known = header.startsWith("00");
    if (header.length() < LENGTH
        || (known && header.length() > LENGTH)
        || (header.length() > LENGTH && header.charAt(LENGTH) != '-')
        || header.startsWith("ff")) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      boolean dash = i == 2 || i == 35 || i == 52;
      if (dash ? header.charAt(i) != '-' : !isLowerHex(header.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLowerHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }
}
