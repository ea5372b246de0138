package io.fairlead.core.dispatch;

import io.fairlead.core.fault.Words;
import java.util.Objects;

/** A step of a plugin's life did not work. Only carries the cause, which may be any throwable. */
public final class StepFailure extends Exception {

  private static final long serialVersionUID = 1L;

  /** A failure for this reason. */
  public StepFailure(Throwable cause) {
    super(Words.of(cause), cause);
  }

  /** What the plugin threw. */
  public Throwable reason() {
    return Objects.requireNonNull(getCause());
  }
}
