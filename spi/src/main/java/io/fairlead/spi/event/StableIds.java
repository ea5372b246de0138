package io.fairlead.spi.event;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids that are the same however often, wherever and in whatever order a source is read.
 *
 * <p>Fields are chosen from what the runtime itself recorded: never a path, a host, the clock or a
 * reading position.
 */
public final class StableIds {

  private StableIds() {}

  /**
   * A UUID of version 8 (RFC 9562) from SHA-256 over the word {@code fairlead} and the given
   * fields, each with its length in front.
   *
   * @param fields runtime, session id, the session's own start time, kind of thing, key
   */
  public static UUID uuid(String... fields) {
    MessageDigest digest = sha256();
    add(digest, "fairlead");
    for (String field : fields) {
      add(digest, field);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    long high = (hash.getLong() & ~0xF000L) | 0x8000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static void add(MessageDigest digest, String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
