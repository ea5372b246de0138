package io.fairlead.runtimes.hermes;

import io.fairlead.runtimes.common.turns.CountedSums;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a session: which turns were given and what of its sums was counted.
 *
 * @param settledNanos time of the user's row of the last turn given, {@link Rows#NO_TIME} for none
 * @param aheadNanos calls and tools of the next turn that ended until then were given ahead of it,
 *     {@link Rows#NO_TIME} for none
 * @param started whether its start was given
 * @param ended whether its end was given
 * @param whole whether the counted sums are those of exactly the turns given
 * @param counted by usage row
 */
record SessionState(
    long settledNanos,
    long aheadNanos,
    boolean started,
    boolean ended,
    boolean whole,
    Map<String, Counted> counted) {

  private static final int VERSION = 2;

  static final SessionState NEW =
      new SessionState(Rows.NO_TIME, Rows.NO_TIME, false, false, true, Map.of());

  /**
   * What was counted of one row.
   *
   * @param sums the row's sums when they were last counted
   * @param calls calls counted so far, by scopes and by reports
   */
  record Counted(CountedSums sums, long calls) {
    static final Counted NOTHING = new Counted(CountedSums.ZERO, 0);
  }

  SessionState {
    counted = new TreeMap<>(counted);
  }

  /** Whether a part of the next turn was given ahead of it. */
  boolean hasAhead() {
    return aheadNanos != Rows.NO_TIME;
  }

  SessionState withSettled(long nanos) {
    return new SessionState(
        Math.max(settledNanos, nanos), Rows.NO_TIME, started, ended, whole, counted);
  }

  SessionState withAhead(long nanos) {
    return new SessionState(settledNanos, nanos, started, ended, whole, counted);
  }

  SessionState withStarted() {
    return new SessionState(settledNanos, aheadNanos, true, ended, whole, counted);
  }

  SessionState withEnded() {
    return new SessionState(settledNanos, aheadNanos, started, true, whole, counted);
  }

  SessionState withCounted(Map<String, Counted> newCounted, boolean newWhole) {
    return new SessionState(settledNanos, aheadNanos, started, ended, newWhole, newCounted);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(settledNanos);
      out.writeLong(aheadNanos);
      out.writeBoolean(started);
      out.writeBoolean(ended);
      out.writeBoolean(whole);
      out.writeInt(counted.size());
      for (Map.Entry<String, Counted> entry : counted.entrySet()) {
        out.writeUTF(entry.getKey());
        entry.getValue().sums().writeTo(out);
        out.writeLong(entry.getValue().calls());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static SessionState decode(byte @Nullable [] bytes) {
    if (bytes == null) {
      return NEW;
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        throw new IllegalStateException("the state was written by another version");
      }
      long settled = in.readLong();
      long ahead = in.readLong();
      boolean started = in.readBoolean();
      boolean ended = in.readBoolean();
      boolean whole = in.readBoolean();
      Map<String, Counted> counted = new TreeMap<>();
      for (int n = in.readInt(); n > 0; n--) {
        String key = in.readUTF();
        counted.put(key, new Counted(CountedSums.readFrom(in), in.readLong()));
      }
      return new SessionState(settled, ahead, started, ended, whole, counted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
