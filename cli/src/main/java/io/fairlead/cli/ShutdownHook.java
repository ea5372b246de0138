package io.fairlead.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The virtual machine's shutdown as a {@link StopSignal}.
 *
 * <p>The machine would end with 128 + signal, whatever its hooks do. Being asked to stop is no
 * failure of a program that runs until it is asked to, so once the work of the open guard is done
 * the process ends with success.
 */
final class ShutdownHook implements StopSignal {

  private final PrintWriter out;
  private final PrintWriter err;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicReference<@Nullable Runnable> work = new AtomicReference<>();

  ShutdownHook(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void await() throws InterruptedException {
    asked.await();
  }

  @Override
  public boolean await(Duration time) throws InterruptedException {
    return asked.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public Guard onStop(Runnable newWork) {
    Thread hook = new Thread(this::stop, "fairlead-stop");
    work.set(newWork);
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      work.set(null);
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The machine is going down already: the hook finds no work, or is doing it.
      }
    };
  }

  private void stop() {
    Runnable last = work.getAndSet(null);
    asked.countDown();
    if (last == null) {
      return;
    }
    last.run();
    out.flush();
    err.flush();
    Runtime.getRuntime().halt(ExitCodes.OK);
  }
}
