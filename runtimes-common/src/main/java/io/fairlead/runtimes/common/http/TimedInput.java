package io.fairlead.runtimes.common.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What a client sends, with a deadline for all of it: one that sends a byte now and then is as slow
 * as one that sends nothing.
 */
final class TimedInput extends InputStream {

  private final Socket socket;
  private final InputStream in;
  private final byte[] buffer = new byte[8192];
  private int from;
  private int to;
  private long deadline;

  TimedInput(Socket socket) throws IOException {
    this.socket = socket;
    this.in = socket.getInputStream();
  }

  /** Gives what comes from now on so much time. */
  void within(Duration time) {
    deadline = System.nanoTime() + time.toNanos();
  }

  /** Whether more than so many bytes have come that were not read yet. */
  boolean hasMoreThan(int bytes) throws IOException {
    return to - from + in.available() > bytes;
  }

  /** Waits for a byte and leaves it there. False: there is none to come. */
  boolean awaitFirst() throws IOException {
    return from < to || fill();
  }

  @Override
  public int read() throws IOException {
    return from < to || fill() ? buffer[from++] & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (from == to && !fill()) {
      return -1;
    }
    int count = Math.min(length, to - from);
    System.arraycopy(buffer, from, target, offset, count);
    from += count;
    return count;
  }

  private boolean fill() throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    // 0 would mean for ever; a read that waits 1 ms throws what a late one throws.
    socket.setSoTimeout((int) Math.min(Math.max(left, 1), Integer.MAX_VALUE));
    int count = in.read(buffer);
    from = 0;
    to = Math.max(count, 0);
    return count > 0;
  }
}
