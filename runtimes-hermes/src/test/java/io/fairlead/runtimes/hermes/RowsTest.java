package io.fairlead.runtimes.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowsTest {

  @ParameterizedTest
  @CsvSource({
    "1795244578.905715, 1795244578905715000",
    "1795244578.9057152, 1795244578905715200",
    "1795244578, 1795244578000000000",
    "0.000001, 1000",
    "0.1, 100000000",
    "-1.5, -1500000000"
  })
  void timesAreThoseOfTheDecimal(double seconds, long nanos) {
    assertThat(Rows.nanos(seconds)).isEqualTo(nanos);
  }

  @Test
  void everyMicrosecondSurvives() {
    long seed = 20261121;
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      long micros = random.nextLong(1_500_000_000_000_000L, 2_500_000_000_000_000L);
      double seconds = new BigDecimal(micros).movePointLeft(6).doubleValue();
      assertThat(Rows.nanos(seconds)).as("seed %s", seed).isEqualTo(micros * 1000);
    }
  }

  @Test
  void whatIsNoTimeIsNone() {
    assertThat(Rows.nanos(Double.NaN)).isEqualTo(Rows.NO_TIME);
    assertThat(Rows.nanos(1e300)).isEqualTo(Rows.NO_TIME);
  }
}
