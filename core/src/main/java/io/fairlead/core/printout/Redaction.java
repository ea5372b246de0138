package io.fairlead.core.printout;

import io.fairlead.spi.config.Secret;
import java.util.regex.Pattern;

/** Takes out of a text what must not be shown, when its field as such is no secret. */
final class Redaction {

  private static final Pattern DEFAULTS = Pattern.compile("(\\$\\{env:[^}]*?:-)[^}]*\\}");
  private static final Pattern USER = Pattern.compile("(://)[^/@\\s]*@");
  private static final Pattern QUERY = Pattern.compile("(://[^?#\\s]*\\?)[^#\\s]*");
  private static final Pattern TELLING =
      Pattern.compile(
          "(?i).*(secret|passw|token|api_?key|credential|authorization|cookie).*|headers");

  private Redaction() {}

  /** The text without the default of a variable, the user of an address and its query. */
  static String text(String text) {
    String shown = DEFAULTS.matcher(text).replaceAll("$1" + Secret.REDACTED + "}");
    shown = USER.matcher(shown).replaceAll("$1" + Secret.REDACTED + "@");
    return QUERY.matcher(shown).replaceAll("$1" + Secret.REDACTED);
  }

  /** Whether the name of a key nobody declared says that its value is a secret. */
  static boolean isTelling(String key) {
    return TELLING.matcher(key).matches();
  }
}
