package io.fairlead.spi.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class StableIdsTest {

  @Test
  void idsAreVersion8OfTheRfcVariant() {
    UUID id = StableIds.uuid("hermes", "s1", "1795244578905715000", "turn", "1");

    assertThat(id.version()).isEqualTo(8);
    assertThat(id.variant()).isEqualTo(2);
    assertThat(id.getLeastSignificantBits()).isNotZero();
  }

  @Test
  void equalFieldsGiveEqualIdsAndBoundariesCount() {
    assertThat(StableIds.uuid("ab", "c")).isEqualTo(StableIds.uuid("ab", "c"));
    assertThat(StableIds.uuid("ab", "c")).isNotEqualTo(StableIds.uuid("a", "bc"));
    assertThat(StableIds.uuid("ab")).isNotEqualTo(StableIds.uuid("ab", ""));
  }

  @Test
  void idsNeverChangeBetweenReleases() {
    // Computed independently: SHA-256 over (4-byte length, bytes) of "fairlead", "hermes", "s".
    assertThat(StableIds.uuid("hermes", "s")).hasToString("7500789d-1a51-8bb4-a40a-b4070ff349d7");
  }
}
