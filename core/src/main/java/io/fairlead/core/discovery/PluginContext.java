package io.fairlead.core.discovery;

import java.util.concurrent.Callable;

/** Calls into plugins as they expect to be called: with their class loader in the thread. */
public final class PluginContext {

  private PluginContext() {}

  /** Calls with a class loader as the thread's context class loader. */
  public static <T> T call(ClassLoader loader, Callable<T> action) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return action.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
