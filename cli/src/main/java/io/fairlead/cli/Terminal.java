package io.fairlead.cli;

import java.io.InputStream;
import java.io.PrintWriter;

/**
 * Where a command's input comes from and its output goes.
 *
 * @param in what is piped into the command
 * @param out results
 * @param err progress, findings and everything else a person reads
 * @param outIsTerminal whether a person watches {@code out}
 * @param errIsTerminal whether a person watches {@code err}: lines may be rewritten
 * @param width columns to stay within, or {@link #UNBOUNDED}
 */
record Terminal(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    boolean outIsTerminal,
    boolean errIsTerminal,
    int width) {

  /** Output that is not for a screen. */
  static final int UNBOUNDED = Integer.MAX_VALUE;
}
