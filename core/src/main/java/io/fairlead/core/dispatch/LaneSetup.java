package io.fairlead.core.dispatch;

import io.fairlead.core.fault.Words;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a lane is made of.
 *
 * @param name of the subscriber, unique in the kernel
 * @param component the component it belongs to, or null
 * @param subscriber whom to serve
 * @param diagnostics takes what goes wrong
 * @param scrub removes secrets from words of the subscriber
 * @param loader context class loader of its thread, or null for the creator's
 * @param pauses between attempts
 * @param giveUpOnClose whether a batch that fails while closing is left for the next run
 */
record LaneSetup(
    String name,
    @Nullable String component,
    Subscriber subscriber,
    DiagnosticSink diagnostics,
    UnaryOperator<String> scrub,
    @Nullable ClassLoader loader,
    Pauses pauses,
    boolean giveUpOnClose) {

  /** Reports trouble of the subscriber; the code's area is {@code exporter}. */
  String report(String finding, String message) {
    String words = scrub.apply(message);
    diagnostics.report(
        Diagnostic.warning(
            "exporter." + finding,
            component == null ? name : component,
            "Subscriber '" + name + "': " + words));
    return words;
  }

  /** Runs what must not throw. */
  void guard(String finding, Runnable action) {
    try {
      action.run();
    } catch (Throwable e) { // a plugin may throw anything
      report(finding, Words.of(e));
    }
  }
}
