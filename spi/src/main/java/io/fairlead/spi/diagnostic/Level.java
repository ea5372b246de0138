package io.fairlead.spi.diagnostic;

import java.util.Locale;

/** How bad a finding is. */
public enum Level {
  /** Nothing starts with it. */
  ERROR,
  /** Something will not work as its author may think. */
  WARNING,
  /** Worth knowing. */
  INFO;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON output: lower case. */
  public String wireName() {
    return wireName;
  }
}
