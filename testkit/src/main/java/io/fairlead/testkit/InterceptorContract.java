package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.Interceptor;
import io.fairlead.spi.event.Event;
import org.junit.jupiter.api.Test;

/** What the kernel expects of an {@link Interceptor}. */
public abstract class InterceptorContract {

  private static final long SEED = 20_261_121;

  /** A new interceptor. */
  protected abstract Interceptor interceptor() throws Exception;

  @Test
  void identityPlaceAndTimeStay() throws Exception {
    RandomEvents random = new RandomEvents(SEED);
    try (Interceptor interceptor = interceptor()) {
      for (int i = 0; i < 500; i++) {
        Event before = random.next();
        Event after = interceptor.intercept(before);
        if (after != null) {
          assertThat(after.getClass()).isEqualTo(before.getClass());
          assertThat(identity(after)).as("%s, event %d", random, i).isEqualTo(identity(before));
        }
      }
    }
  }

  @Test
  void stageIsConstantAndCloseIsSafeTwice() throws Exception {
    Interceptor interceptor = interceptor();
    assertThat(interceptor.stage()).isNotNull().isEqualTo(interceptor.stage());
    interceptor.close();
    interceptor.close();
  }

  private static String identity(Event event) {
    return "%s below %s in %s at %d"
        .formatted(
            event.header().uuid(),
            event.header().parentUuid(),
            event.header().traceRoot(),
            event.header().timeNanos());
  }
}
