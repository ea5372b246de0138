package io.fairlead.runtimes.common.http;

import java.util.List;

/**
 * Takes the lines of a body while it is still being sent. Called on the client's thread; what it
 * has not taken yet waits in the client.
 */
public interface LineStream {

  /** Takes lines that have come, none of them longer than a body may be. */
  void take(List<byte[]> lines) throws InterruptedException;

  /** The answer at the end of the body. */
  HttpAnswer end();
}
