package io.fairlead.core.instrumentation;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs each task inside the scope that was current where it was handed over. */
final class ScopedExecutorService extends AbstractExecutorService {

  private final ExecutorService executor;
  private final Instrumentation owner;

  ScopedExecutorService(ExecutorService executor, Instrumentation owner) {
    this.executor = executor;
    this.owner = owner;
  }

  @Override
  public void execute(Runnable task) {
    executor.execute(owner.context().wrap(task));
  }

  @Override
  public void shutdown() {
    executor.shutdown();
  }

  @Override
  public List<Runnable> shutdownNow() {
    return executor.shutdownNow();
  }

  @Override
  public boolean isShutdown() {
    return executor.isShutdown();
  }

  @Override
  public boolean isTerminated() {
    return executor.isTerminated();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return executor.awaitTermination(timeout, unit);
  }
}
