package io.fairlead.spi;

import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Receives events in order. An exporter is a subscriber that delivers them elsewhere.
 *
 * <p>Each subscriber has a thread of its own that pulls from the log at the subscriber's pace; all
 * methods but {@link #name()} and {@link #settings()} are called on it, never two at once. What a
 * subscriber does, throws or waits for harms no other subscriber and no agent.
 */
public interface Subscriber extends AutoCloseable {

  /**
   * Its name in statuses and diagnostics; unique among the subscribers of one component. Its place
   * in the log goes by it, so it stays the same from one run to the next. By default the name of
   * its class; of a lambda or an anonymous class, which have none that stays, {@code subscriber}.
   */
  default String name() {
    Class<?> type = getClass();
    return type.isHidden() || type.isAnonymousClass() ? "subscriber" : type.getSimpleName();
  }

  /** How it wants to be served. Constant. */
  default Settings settings() {
    return Settings.DEFAULT;
  }

  /**
   * Called once before the first delivery. May open files and sockets. A throw makes {@code
   * initialize} fail.
   *
   * @param state the values this subscriber saved with earlier deliveries
   */
  default void start(SourceState state) throws Exception {}

  /**
   * Takes a batch, waits for the outcome and says it. The position in the log moves past the batch
   * when the result is final ({@link DeliveryResult.Kind#DONE}); with {@link
   * DeliveryResult.Kind#RETRY} the same batch comes again after a pause that grows from one second
   * to a minute, or after the pause the result asks for. So a batch may come again after a restart
   * too: delivery is at least once.
   *
   * <p>A call ends within the subscriber's own timeout. A throw counts as a retry. An interrupt
   * means the deadline of a close has passed: give up at once.
   *
   * @param events at most {@link Settings#maxBatch()}, never empty; ends carry their starts
   */
  DeliveryResult deliver(List<Event> events) throws Exception;

  /**
   * Sends what has been gathered from deliveries. Called every {@link Settings#pushInterval()}, at
   * each flush after everything pending was delivered, and once before {@code close}; never for a
   * subscriber without an interval. The result never moves the position; its state is saved when it
   * is {@link DeliveryResult.Kind#DONE} and no delivery waits to be repeated.
   */
  default DeliveryResult push() throws Exception {
    return DeliveryResult.done(0);
  }

  /** Lets go of everything. Safe without {@code start} and when called again. */
  @Override
  default void close() {}

  /**
   * How a subscriber wants to be served.
   *
   * @param maxBatch most events per delivery, at least 1
   * @param linger how long to wait for a batch to fill
   * @param pushInterval how often to call {@link #push()}; zero: never
   * @param required whether the log keeps events until this subscriber has them
   */
  record Settings(int maxBatch, Duration linger, Duration pushInterval, boolean required) {

    /** 512 events, one second, no push, required. */
    public static final Settings DEFAULT =
        new Settings(512, Duration.ofSeconds(1), Duration.ZERO, true);

    public Settings {
      if (maxBatch < 1) {
        throw new IllegalArgumentException("maxBatch must be at least 1: " + maxBatch);
      }
    }
  }

  /**
   * How a delivery went.
   *
   * @param kind whether it is over
   * @param delivered items (spans, points, lines) the other side accepted
   * @param rejected items it refused for good
   * @param reason trouble in words, without secrets, or null
   * @param retryAfter the pause the other side asked for, or null
   * @param state values to save in the same transaction as the new position; a null value removes
   *     the key
   */
  record DeliveryResult(
      Kind kind,
      long delivered,
      long rejected,
      @Nullable String reason,
      @Nullable Duration retryAfter,
      Map<String, byte @Nullable []> state) {

    /** Whether a delivery is over. */
    public enum Kind {
      /** It is: the position moves. */
      DONE,
      /** Not yet: the same batch shall come again. */
      RETRY
    }

    /** Everything was accepted. */
    public static DeliveryResult done(long delivered) {
      return new DeliveryResult(Kind.DONE, delivered, 0, null, null, Map.of());
    }

    /** Some or all items were refused for good. */
    public static DeliveryResult rejected(long delivered, long rejected, String reason) {
      return new DeliveryResult(Kind.DONE, delivered, rejected, reason, null, Map.of());
    }

    /** Nothing was accepted yet; try again. */
    public static DeliveryResult retry(String reason, @Nullable Duration after) {
      return new DeliveryResult(Kind.RETRY, 0, 0, reason, after, Map.of());
    }

    /** The same result with values to save. */
    public DeliveryResult withState(Map<String, byte @Nullable []> newState) {
      return new DeliveryResult(kind, delivered, rejected, reason, retryAfter, newState);
    }
  }
}
