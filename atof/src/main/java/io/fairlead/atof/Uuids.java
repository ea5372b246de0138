package io.fairlead.atof;

import java.util.UUID;

/** UUIDs as text. */
final class Uuids {

  private static final int LENGTH = 36;

  private Uuids() {}

  /**
   * The UUID of a text in the usual form; {@link UUID#fromString} alone also takes short groups.
   */
  static UUID parse(String text) {
    try {
      UUID uuid = UUID.fromString(text);
      if (text.length() == LENGTH && uuid.toString().equalsIgnoreCase(text)) {
        return uuid;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, without the text.
    }
    throw new MalformedJsonException("not a UUID");
  }
}
