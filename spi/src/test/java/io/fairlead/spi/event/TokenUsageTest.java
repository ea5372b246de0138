package io.fairlead.spi.event;

import static io.fairlead.spi.event.TokenUsage.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TokenUsageTest {

  @Test
  void totalsAreTheSumOfKnownBuckets() {
    TokenUsage usage = TokenUsage.of(937, 27_688, 9_000, 211, 63);

    assertThat(usage.totalInput()).isEqualTo(37_625);
    assertThat(usage.totalOutput()).isEqualTo(211);
    assertThat(usage.output()).isEqualTo(148);
    assertThat(usage.isComplete()).isTrue();
  }

  @Test
  void aTotalMayBeKnownWithoutItsBuckets() {
    TokenUsage usage = TokenUsage.totals(9_100, 0, 85);

    assertThat(usage.totalInput()).isEqualTo(9_100);
    assertThat(usage.input()).isEqualTo(UNKNOWN);
    assertThat(usage.cacheRead()).isZero();
    assertThat(usage.cacheWrite()).isEqualTo(UNKNOWN);
    assertThat(usage.isComplete()).isFalse();
  }

  @Test
  void unknownReasoningLeavesTheAnswerWhole() {
    TokenUsage usage = TokenUsage.of(10, 0, 0, 20, UNKNOWN);

    assertThat(usage.totalOutput()).isEqualTo(20);
    assertThat(usage.reasoning()).isEqualTo(UNKNOWN);
    assertThat(usage.isComplete()).isFalse();
  }

  @Test
  void whatOneSideDoesNotKnowTheSumDoesNotKnow() {
    TokenUsage sum = TokenUsage.of(1, 2, 3, 4, 1).plus(TokenUsage.totals(10, 5, 6));

    assertThat(sum.totalInput()).isEqualTo(16);
    assertThat(sum.cacheRead()).isEqualTo(7);
    assertThat(sum.input()).isEqualTo(UNKNOWN);
    assertThat(sum.totalOutput()).isEqualTo(10);
  }

  @Test
  void contradictionsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TokenUsage(1, 0, 0, 0, 0, 0, 0, 0, 5, 0))
        .withMessageContaining("add up to 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TokenUsage.of(-2, 0, 0, 0, 0))
        .withMessageContaining("negative");
  }
}
