package io.fairlead.spi.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"250ms,PT0.25S", "30s,PT30S", "5m,PT5M", "24h,PT24H", "7d,PT168H", "PT1M,PT1M"})
  void readsWhatPeopleWrite(String text, String iso) {
    assertThat(Durations.parse(text)).isEqualTo(Duration.parse(iso));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 years", "-5s", "PT-5S", "1.5s", "99999999999999999999s"})
  void refusesTheRest(String text) {
    assertThat(Durations.parse(text)).isNull();
  }

  @Test
  void spacesAreHarmless() {
    assertThat(Durations.parse(" 10 s ")).isEqualTo(Duration.ofSeconds(10));
  }
}
