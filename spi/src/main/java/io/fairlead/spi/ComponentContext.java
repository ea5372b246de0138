package io.fairlead.spi;

import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a component gets from the kernel. Safe to keep and to use from any thread until the
 * component is closed.
 */
public interface ComponentContext {

  /** The component's name: its {@code name}, else {@code kind}, else {@code kind[n]}. */
  String instance();

  /** Its validated configuration with secrets and variables resolved. */
  ConfigView config();

  /** The clock to use instead of the system's. */
  InstantSource clock();

  /** Takes findings of the running component. */
  DiagnosticSink diagnostics();

  /** The value of an environment variable, or null. */
  @Nullable String environment(String name);

  /**
   * Whether this run reads everything that is there and then ends ({@code --once}, {@code report},
   * {@code demo}). A runtime adapter then ignores its {@code backfill} setting.
   */
  boolean readsEverything();

  /** What the kernel counts about itself and its subscribers; changes while the program runs. */
  KernelStatus kernel();
}
