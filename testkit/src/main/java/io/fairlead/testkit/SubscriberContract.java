package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the kernel expects of a {@link Subscriber} whose other side is well. */
public abstract class SubscriberContract {

  private static final long SEED = 20_261_121;
  private static final Duration AT_ONCE = Duration.ofSeconds(5);

  /** A new subscriber, not started, whose other side accepts everything. */
  protected abstract Subscriber subscriber() throws Exception;

  /** Whether a thread belongs to the other side, when the test itself provides that. */
  protected boolean isOfTheOtherSide(Thread thread) {
    return false;
  }

  @Test
  void nameAndSettingsAreConstant() throws Exception {
    try (Subscriber subscriber = subscriber()) {
      assertThat(subscriber.name()).isNotBlank().isEqualTo(subscriber.name());
      assertThat(subscriber.settings()).isNotNull().isEqualTo(subscriber.settings());
    }
  }

  @Test
  void everyKindOfEventIsTakenAlsoASecondTime() throws Exception {
    RandomEvents random = new RandomEvents(SEED);
    List<Event> batch = Stream.generate(random::next).limit(200).toList();
    try (Subscriber subscriber = started()) {
      for (int i = 0; i < 2; i++) {
        DeliveryResult result = subscriber.deliver(batch);
        assertThat(result.kind())
            .as("%s, delivery %d: %s", random, i, result.reason())
            .isEqualTo(DeliveryResult.Kind.DONE);
        assertThat(result.delivered()).isNotNegative();
        assertThat(result.rejected()).isNotNegative();
        assertThat(push(subscriber)).as(random::toString).isEqualTo(DeliveryResult.Kind.DONE);
      }
    }
  }

  @Test
  void closeIsSafeWithoutStartAndTwice() throws Exception {
    Subscriber unused = subscriber();
    unused.close();
    unused.close();

    ThreadLeaks leaks = ThreadLeaks.watch(this::isOfTheOtherSide);
    Subscriber used = started();
    used.deliver(Fixtures.turn());
    push(used);
    used.close();
    used.close();
    leaks.assertNone();
  }

  @Test
  void anInterruptEndsADeliveryAtOnce() throws Exception {
    try (Subscriber subscriber = started()) {
      Thread thread =
          new Thread(
              () -> {
                Thread.currentThread().interrupt();
                try {
                  subscriber.deliver(Fixtures.turn());
                } catch (Exception e) {
                  // A throw is one way of giving up.
                }
              },
              "interrupted-delivery");
      thread.setDaemon(true);
      thread.start();
      await().atMost(AT_ONCE).until(() -> !thread.isAlive());
    }
  }

  /** What the kernel does at intervals, for a subscriber that wants it. */
  private static DeliveryResult.Kind push(Subscriber subscriber) throws Exception {
    return subscriber.settings().pushInterval().isZero()
        ? DeliveryResult.Kind.DONE
        : subscriber.push().kind();
  }

  private Subscriber started() throws Exception {
    Subscriber subscriber = subscriber();
    subscriber.start(new InMemoryState());
    return subscriber;
  }
}
