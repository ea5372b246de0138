package io.fairlead.core.log;

/** A log that cannot do what it was asked. Says why in a diagnostic code and one sentence. */
public final class LogException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String code;

  /** A failure with its cause. */
  public LogException(String code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** A failure. */
  public LogException(String code, String message) {
    super(message);
    this.code = code;
  }

  /** The diagnostic's code, for example {@code journal.locked}. */
  public String code() {
    return code;
  }
}
