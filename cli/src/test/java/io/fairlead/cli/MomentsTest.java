package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MomentsTest {

  private static String parse(String text) {
    Long nanos = Moments.parse(text, () -> TestApp.NOW);
    return nanos == null ? "none" : Instant.ofEpochSecond(0, nanos).toString();
  }

  @Test
  void formsThatPeopleWrite() {
    assertThat(parse("24h")).isEqualTo("2026-11-20T12:00:00Z");
    assertThat(parse("2026-11-19")).isEqualTo("2026-11-19T00:00:00Z");
    assertThat(parse("2026-11-19T01:00:00+02:00")).isEqualTo("2026-11-18T23:00:00Z");
    assertThat(parse("yesterday")).isEqualTo("none");
    assertThat(parse("9999999-01-01")).isEqualTo("none");
  }
}
