package io.fairlead.cli;

/** What the process says to its caller. */
final class ExitCodes {

  /** Fine, warnings included. */
  static final int OK = 0;

  /** Errors were found, or work failed. */
  static final int FAILED = 1;

  /** Wrong usage. */
  static final int USAGE = 2;

  private ExitCodes() {}
}
