package io.fairlead.spi.config;

import java.util.Objects;

/** A text that must not be shown. Only {@link #reveal()} gives it away. */
public final class Secret {

  /** What is shown in place of a secret. */
  public static final String REDACTED = "[REDACTED]";

  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  /** Wraps a text. */
  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The text itself. Call it where the text is sent, nowhere else. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return REDACTED;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && secret.value.equals(value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }
}
