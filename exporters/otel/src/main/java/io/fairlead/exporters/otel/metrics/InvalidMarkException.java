package io.fairlead.exporters.otel.metrics;

/** A metric mark says something it may not; its message says what. */
final class InvalidMarkException extends Exception {
  private static final long serialVersionUID = 1;

  InvalidMarkException(String message) {
    super(message, null, false, false);
  }
}
