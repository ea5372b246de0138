package io.fairlead.core.instrumentation;

import java.security.SecureRandom;
import java.util.UUID;

/** Identities of scopes and marks: UUID version 7 (RFC 9562), as ATOF writers use it. */
final class ScopeIds {

  private final SecureRandom random = new SecureRandom();

  UUID next(long epochNanos) {
    long millis = Math.floorDiv(epochNanos, 1_000_000L);
    long high = (millis << 16) | 0x7000L | (random.nextInt() & 0x0fffL);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
