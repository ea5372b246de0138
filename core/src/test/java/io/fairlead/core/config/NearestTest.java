package io.fairlead.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> NAMES = List.of("endpoint", "endpoints", "transport", "home");

  @Test
  void findsTypingMistakes() {
    assertThat(Nearest.to("endpiont", NAMES)).isEqualTo("endpoint");
    assertThat(Nearest.to("endpoins", NAMES)).isEqualTo("endpoint");
    assertThat(Nearest.to("trnsprt", NAMES)).isEqualTo("transport");
    assertThat(Nearest.to("Home", NAMES)).isEqualTo("home");
  }

  @Test
  void doesNotGuessWildly() {
    assertThat(Nearest.to("url", NAMES)).isNull();
    assertThat(Nearest.to("hm", List.of("x", "y"))).isNull();
    assertThat(Nearest.to("a".repeat(10_000), NAMES)).isNull();
  }

  @Test
  void countsASwapAsOneMistake() {
    assertThat(Nearest.distance("ab", "ba")).isEqualTo(1);
    assertThat(Nearest.distance("abc", "abc")).isZero();
    assertThat(Nearest.distance("", "ab")).isEqualTo(2);
  }
}
