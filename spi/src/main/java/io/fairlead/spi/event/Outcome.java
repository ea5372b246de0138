package io.fairlead.spi.event;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a scope ended.
 *
 * @param status the status of the span
 * @param errorType a low-cardinality class of failure ({@code rate_limit}, {@code exit_code},
 *     {@code cancelled}, {@code _OTHER}, …); non-null exactly when {@code status} is {@link
 *     Status#ERROR}
 * @param description words for a person, never prompt or result text, or null
 */
public record Outcome(Status status, @Nullable String errorType, @Nullable String description) {

  /** The status of a span. */
  public enum Status {
    /** Nothing is known to have gone wrong. */
    UNSET,
    /** The program said it went well. Adapters leave that to {@link #UNSET}. */
    OK,
    /** Call, tool or turn failed. */
    ERROR
  }

  /** {@code error.type} when a failure has no better class. */
  public static final String OTHER = "_OTHER";

  /** Nothing is known to have gone wrong. */
  public static final Outcome UNSET = new Outcome(Status.UNSET, null, null);

  /** The program said it went well. */
  public static final Outcome OK = new Outcome(Status.OK, null, null);

  public Outcome {
    Objects.requireNonNull(status, "status");
    if ((status == Status.ERROR) != (errorType != null)) {
      throw new IllegalArgumentException("an error type belongs to status ERROR and only to it");
    }
  }

  /** A failure of a class, with an optional description. */
  public static Outcome error(String errorType, @Nullable String description) {
    return new Outcome(Status.ERROR, errorType, description);
  }

  /** Whether the scope failed. */
  public boolean isError() {
    return status == Status.ERROR;
  }
}
