package io.fairlead.cli;

import java.io.PrintWriter;

/**
 * Where a command's output goes.
 *
 * @param out results
 * @param err progress, findings and everything else a person reads
 * @param outIsTerminal whether a person watches {@code out}
 * @param errIsTerminal whether a person watches {@code err}: lines may be rewritten
 * @param width columns to stay within, or {@link #UNBOUNDED}
 */
record Terminal(
    PrintWriter out, PrintWriter err, boolean outIsTerminal, boolean errIsTerminal, int width) {

  /** Output that is not for a screen. */
  static final int UNBOUNDED = Integer.MAX_VALUE;
}
