package io.fairlead.core.instrumentation;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The scope a thread was in, to take along to other threads. Immutable. What it wraps runs inside
 * that scope and leaves the thread as it was; exceptions pass unchanged.
 */
public final class ScopeContext {

  private final Supplier<Activation> captured;

  ScopeContext(Supplier<Activation> captured) {
    this.captured = captured;
  }

  /** Makes the scope current on this thread. */
  public Activation makeCurrent() {
    return captured.get();
  }

  /** The task, inside the scope. */
  public Runnable wrap(Runnable task) {
    return () -> {
      try (Activation here = captured.get()) {
        task.run();
      }
    };
  }

  /** The task, inside the scope. */
  public <T extends @Nullable Object> Callable<T> wrapCallable(Callable<T> task) {
    return () -> {
      try (Activation here = captured.get()) {
        return task.call();
      }
    };
  }

  /** The supplier, inside the scope; for {@code CompletableFuture.supplyAsync}. */
  public <T extends @Nullable Object> Supplier<T> wrapSupplier(Supplier<T> supplier) {
    return () -> {
      try (Activation here = captured.get()) {
        return supplier.get();
      }
    };
  }

  /** The function, inside the scope; for {@code CompletableFuture.thenApply}. */
  public <T extends @Nullable Object, R extends @Nullable Object> Function<T, R> wrapFunction(
      Function<T, R> function) {
    return value -> {
      try (Activation here = captured.get()) {
        return function.apply(value);
      }
    };
  }

  /** The consumer, inside the scope; for {@code CompletableFuture.thenAccept}. */
  public <T extends @Nullable Object> Consumer<T> wrapConsumer(Consumer<T> consumer) {
    return value -> {
      try (Activation here = captured.get()) {
        consumer.accept(value);
      }
    };
  }

  /** An executor whose tasks all run inside the scope. */
  public Executor wrapExecutor(Executor executor) {
    return task -> executor.execute(wrap(task));
  }
}
