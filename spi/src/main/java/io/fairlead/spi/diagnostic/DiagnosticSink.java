package io.fairlead.spi.diagnostic;

/**
 * Takes findings. Implementations given to plugins may be called from any thread, never throw,
 * never block, and count findings beyond a bound instead of keeping them.
 */
@FunctionalInterface
public interface DiagnosticSink {

  /**
   * Reports one finding. Equal codes of one component at run time are folded into one with a count.
   */
  void report(Diagnostic diagnostic);

  /** Reports a warning about the component that was given this sink. */
  default void warn(String code, String message) {
    report(Diagnostic.warning(code, null, message));
  }
}
