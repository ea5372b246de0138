package io.fairlead.atof;

/** Text that is not what a reader expects. Its message never holds any of the text. */
final class MalformedJsonException extends RuntimeException {

  private static final long serialVersionUID = 1;

  MalformedJsonException(String message) {
    super(message);
  }
}
