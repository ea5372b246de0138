package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.http.Answer;
import java.util.UUID;

/** A place trajectories go to. */
interface Destination extends AutoCloseable {

  /**
   * Brings a trajectory there and waits for the outcome. The same one may come again, also with
   * more in it.
   *
   * @param name its relative path
   */
  Answer write(UUID id, String name, byte[] document) throws InterruptedException;

  /** The field of the configuration findings are about. */
  String field();

  /** The code of a finding about a failure. */
  String failure();

  @Override
  default void close() {}
}
