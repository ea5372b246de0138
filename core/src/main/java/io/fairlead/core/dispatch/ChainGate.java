package io.fairlead.core.dispatch;

import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The interceptors in force. They can be changed while events pass, and whoever changes them knows
 * when the last event has left those before, which may be closed then. Takes no lock.
 */
final class ChainGate {

  private static final long LOOK_AGAIN = TimeUnit.MICROSECONDS.toNanos(200);

  private volatile Passage passage = new Passage(InterceptorChain.EMPTY);

  /** A chain and how many went in and came out. */
  private static final class Passage {
    private final InterceptorChain chain;
    private final LongAdder in = new LongAdder();
    private final LongAdder out = new LongAdder();

    Passage(InterceptorChain chain) {
      this.chain = chain;
    }

    /** Right only once nobody goes in any more. Who came out is counted first: it only grows. */
    boolean isEmpty() {
      long left = out.sum();
      return left == in.sum();
    }
  }

  @Nullable Event apply(Event event) {
    return pass(chain -> chain.apply(event));
  }

  List<Event> apply(List<Event> events) {
    return pass(chain -> chain.apply(events));
  }

  private <T extends @Nullable Object> T pass(Function<InterceptorChain, T> action) {
    while (true) {
      Passage current = passage;
      current.in.increment();
      try {
        if (current == passage) { // else it was changed before we were counted
          return action.apply(current.chain);
        }
      } finally {
        current.out.increment();
      }
    }
  }

  /** Puts a chain in force and waits until the one before is empty. Says whether it is. */
  boolean change(InterceptorChain chain, Duration time) {
    long deadline = System.nanoTime() + Nanos.of(time);
    Passage before = passage;
    passage = new Passage(chain);
    while (!before.isEmpty()) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      LockSupport.parkNanos(this, LOOK_AGAIN);
    }
    return true;
  }
}
