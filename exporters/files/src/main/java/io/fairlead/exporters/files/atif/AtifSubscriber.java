package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.http.Answer;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import java.util.List;

/**
 * Gathers the events of each topmost agent or turn and delivers a trajectory when it ends; at close
 * also what has not ended, as far as it has come. After a restart such a trajectory goes on from
 * what was saved and is delivered again, whole, when it ends.
 */
final class AtifSubscriber implements Subscriber {

  private final Trajectories trajectories;
  private final Delivery delivery;
  private boolean started;

  AtifSubscriber(Trajectories trajectories, Delivery delivery) {
    this.trajectories = trajectories;
    this.delivery = delivery;
  }

  @Override
  public String name() {
    return "trajectories";
  }

  @Override
  public void start(SourceState state) {
    trajectories.restore(state);
    started = true;
  }

  @Override
  public DeliveryResult deliver(List<Event> events) throws InterruptedException {
    events.forEach(trajectories::add);
    long delivered = 0;
    long rejected = 0;
    for (OpenTrajectory ended : trajectories.ended()) {
      Delivery.Outcome outcome = delivery.deliver(ended, false);
      Answer.Later later = outcome.later();
      if (later != null) {
        return DeliveryResult.retry(later.reason(), later.after());
      }
      delivered += outcome.taken() ? 1 : 0;
      rejected += outcome.taken() ? 0 : 1;
      trajectories.remove(ended);
    }
    for (OpenTrajectory large = trajectories.tooMuch();
        large != null;
        large = trajectories.tooMuch()) {
      delivery.report(
          "atif.trajectory_cut",
          "max_open_bytes",
          "a trajectory that has not ended is too large to be kept; it is delivered as far as it"
              + " has come, and the rest of it is left out");
      Delivery.Outcome outcome = delivery.deliver(large, true);
      rejected += outcome.taken() ? 0 : 1;
      delivered += outcome.taken() ? 1 : 0;
      trajectories.remove(large);
    }
    String reason = rejected == 0 ? null : "a trajectory was taken by no destination";
    return new DeliveryResult(
        DeliveryResult.Kind.DONE, delivered, rejected, reason, null, trajectories.takeChanges());
  }

  /** Delivers what is open. What cannot be delivered now is kept by the log's state if it lasts. */
  @Override
  public void close() {
    if (started) {
      started = false;
      deliverUnfinished();
    }
    delivery.close();
  }

  private void deliverUnfinished() {
    List<OpenTrajectory> unfinished = trajectories.unfinished();
    int delivered = 0;
    try {
      for (OpenTrajectory open : unfinished) {
        delivery.deliver(open, true);
        delivered++;
      }
    } catch (InterruptedException e) {
      delivery.report(
          "atif.close_cut_short",
          null,
          (unfinished.size() - delivered)
              + " trajectories that have not ended were not delivered before the deadline of the"
              + " close");
      Thread.currentThread().interrupt(); // the deadline of the close
    }
  }
}
