package io.fairlead.runtimes.atof.endpoint;

import io.fairlead.runtimes.common.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where clients leave what they send, and wait until it was committed. */
final class Inbox {

  private static final int MOST = 256;
  private static final int MOST_AT_ONCE = 64;

  private final BlockingQueue<Letter> letters = new ArrayBlockingQueue<>(MOST);
  private volatile boolean closed;

  /**
   * Something a client sent.
   *
   * @param hook a hook, or null
   * @param lines ATOF records, when it is no hook
   * @param done how many lines were no records, once the others are committed
   */
  record Letter(@Nullable HttpRequest hook, List<byte[]> lines, CompletableFuture<Integer> done) {}

  /** Leaves something and waits. Returns how many of its lines were no records. */
  int deliver(@Nullable HttpRequest hook, List<byte[]> lines) throws InterruptedException {
    Letter letter = new Letter(hook, lines, new CompletableFuture<>());
    letters.put(letter);
    if (closed) {
      letter.done.cancel(false);
    }
    try {
      return letter.done.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException bad) {
        throw bad;
      }
      throw new IllegalStateException("not committed", e);
    } catch (CancellationException e) {
      throw new IllegalStateException("closing", e);
    }
  }

  /** What has been left, in order; waits so long for the first. */
  List<Letter> take(Duration wait) throws InterruptedException {
    List<Letter> taken = new ArrayList<>();
    Letter first = letters.poll(wait.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      taken.add(first);
      letters.drainTo(taken, MOST_AT_ONCE - 1);
    }
    return taken;
  }

  /** Whoever waits is told that nothing was taken. */
  void close() {
    closed = true;
    List<Letter> rest = new ArrayList<>();
    letters.drainTo(rest);
    rest.forEach(letter -> letter.done.cancel(false));
  }
}
