package io.fairlead.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import org.junit.jupiter.api.Test;

class RecordingSubscriberTest extends SubscriberContract {

  @Override
  protected Subscriber subscriber() {
    return new RecordingSubscriber();
  }

  @Test
  void aRetriedBatchIsNotAccepted() {
    RecordingSubscriber subscriber =
        new RecordingSubscriber().answer(DeliveryResult.retry("not now", null));
    subscriber.deliver(Fixtures.turn());
    assertThat(subscriber.accepted()).isEmpty();
    subscriber.deliver(Fixtures.turn());
    assertThat(subscriber.accepted()).isEqualTo(Fixtures.turn());
    assertThat(subscriber.batches()).hasSize(2);
  }
}
