package io.fairlead.runtimes.common.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Cuts a body that is being sent into lines and gives them as soon as they are there. */
final class LineBody {

  /** A client with nothing to say for so long has gone without saying so. */
  private static final Duration SILENCE = Duration.ofDays(1);

  private static final int MOST_LINES = 500;

  /** The line break after a chunk, which may wait for a long time for the next one. */
  private static final int CHUNK_END = 2;

  private final TimedInput connection;
  private final InputStream body;
  private final HttpLimits limits;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final List<byte[]> lines = new ArrayList<>();
  private long waiting;

  LineBody(TimedInput connection, InputStream body, HttpLimits limits) {
    this.connection = connection;
    this.body = body;
    this.limits = limits;
  }

  void readTo(LineStream taker) throws IOException, InterruptedException {
    byte[] buffer = new byte[8192];
    connection.within(SILENCE);
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      int from = 0;
      for (int i = 0; i < count; i++) {
        if (buffer[i] == '\n') {
          append(buffer, from, i);
          finish();
          from = i + 1;
        }
      }
      append(buffer, from, count);
      boolean full = lines.size() >= MOST_LINES || waiting >= limits.bodyBytes();
      if (full || !connection.hasMoreThan(CHUNK_END)) {
        give(taker);
      }
      boolean idle = lines.isEmpty() && line.size() == 0;
      connection.within(idle ? SILENCE : limits.request());
    }
    finish();
    give(taker);
  }

  private void append(byte[] bytes, int from, int to) throws HttpFault {
    if ((long) line.size() + to - from > limits.bodyBytes()) {
      throw new HttpFault(413, "a line is longer than " + limits.bodyBytes() + " bytes");
    }
    line.write(bytes, from, to - from);
  }

  private void finish() {
    if (line.size() > 0) {
      lines.add(line.toByteArray());
      waiting += line.size();
      line.reset();
    }
  }

  private void give(LineStream taker) throws InterruptedException {
    if (!lines.isEmpty()) {
      taker.take(List.copyOf(lines));
      lines.clear();
      waiting = 0;
    }
  }
}
