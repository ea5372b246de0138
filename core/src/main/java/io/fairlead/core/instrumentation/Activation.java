package io.fairlead.core.instrumentation;

/**
 * A scope being the current one of a thread. Close it on the same thread, the latest first; best in
 * try-with-resources.
 */
@FunctionalInterface
public interface Activation extends AutoCloseable {

  /** Makes current what was current before. Safe when called again. */
  @Override
  void close();
}
