package io.fairlead.interceptors.redaction;

import com.google.re2j.Pattern;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What can be looked for without writing an expression, and how a find is masked when no other
 * masking is asked for. Names as in NeMo Relay's {@code builtin.detector}.
 */
enum Detector {
  EMAIL("[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,}", Masks::email),
  PHONE("\\+?[0-9][0-9()" + Expressions.SPACE + "-]{6,}[0-9]", Masks::lastFourDigits),
  API_KEY("\\b(?:sk|rk|pk|ak)-[A-Za-z0-9_-]{8,}", Masks::afterDash),
  IP_ADDRESS("\\b(?:[0-9]{1,3}\\.){3}[0-9]{1,3}\\b", Masks::ipv4),
  IPV6(Expressions.IPV6, Masks::ipv6),
  URL("https?://[^\\s]+", Masks::url),
  UUID(
      "\\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}"
          + "-[0-9a-fA-F]{12}\\b",
      (text, mask) -> Masks.keep(text, mask, 0, 4)),
  BEARER_TOKEN(
      "(?i)\\bBearer[" + Expressions.SPACE + "]+[A-Za-z0-9._~+/-]{12,}={0,2}\\b", Masks::bearer),
  JWT("\\beyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\b", Masks::jwt),
  CREDIT_CARD("\\b[0-9](?:[ -]?[0-9]){12,18}\\b", Masks::lastFourDigits),
  AWS_ACCESS_KEY_ID(
      "\\b(?:A3T[A-Z0-9]|A(?:KIA|SIA|BIA|CCA|GPA|IDA|IPA|NPA|NVA|PKA|ROA|USA))[A-Z0-9]{16}\\b",
      (text, mask) -> Masks.keep(text, mask, 4, 4)),
  AWS_SECRET_ACCESS_KEY("\\b[A-Za-z0-9/+=]{40}\\b", (text, mask) -> Masks.keep(text, mask, 0, 4)),
  GCP_API_KEY("\\bAIza[0-9A-Za-z_-]{35}", (text, mask) -> Masks.keep(text, mask, 6, 4)),
  AZURE_STORAGE_ACCOUNT_KEY("\\b[A-Za-z0-9+/]{86}==", (text, mask) -> Masks.keep(text, mask, 0, 4));

  private final Pattern pattern;
  private final Mask mask;

  /** Hides a find. */
  @FunctionalInterface
  interface Mask {
    String of(String found, String maskChar);
  }

  Detector(String expression, Mask mask) {
    this.pattern = Pattern.compile(expression);
    this.mask = mask;
  }

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** Its name in configuration. */
  String wireName() {
    return wireName;
  }

  Pattern pattern() {
    return pattern;
  }

  String mask(String found, String maskChar) {
    return mask.of(found, maskChar);
  }

  /** The detector of a name, or null. */
  static @Nullable Detector ofWireName(String name) {
    for (Detector detector : values()) {
      if (detector.wireName.equals(name)) {
        return detector;
      }
    }
    return null;
  }

  /** Every name, in order of declaration. */
  static String[] wireNames() {
    Detector[] all = values();
    String[] names = new String[all.length];
    for (int i = 0; i < all.length; i++) {
      names[i] = all[i].wireName;
    }
    return names;
  }

  private static final class Expressions {

    /** White space of every script, for use in brackets. */
    private static final String SPACE = "\\s\\x{0B}\\x{85}\\p{Z}";

    private static final String GROUP = "[0-9A-Fa-f]{1,4}";

    /** RFC 4291 section 2.2: eight groups, or fewer around one {@code ::}. */
    private static final String IPV6 =
        "(?:(?:"
            + GROUP
            + ":){7}"
            + GROUP
            + "|(?:"
            + GROUP
            + ":){1,7}(?::"
            + GROUP
            + "){1,6}|(?:"
            + GROUP
            + ":){1,7}:|:(?::"
            + GROUP
            + "){1,7})";
  }
}
