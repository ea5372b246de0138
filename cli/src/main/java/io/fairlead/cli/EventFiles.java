package io.fairlead.cli;

import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Reads ATOF files. */
interface EventFiles {

  /**
   * Reads a file to its end. Lines that are no events are told and skipped.
   *
   * @param events takes the events in order
   * @param badLines takes the number of a bad line and what is wrong with it
   */
  void read(Path file, Consumer<Event> events, BadLine badLines) throws IOException;

  /** Takes a line that is no event. */
  @FunctionalInterface
  interface BadLine {

    /** A line, counted from 1, and what is wrong with it. */
    void accept(long line, String reason);
  }
}
