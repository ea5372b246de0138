package io.fairlead.runtimes.openclaw;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a session: what of it was given.
 *
 * @param settledNanos when the first line of the last turn given was written, {@link Row#NO_TIME}
 *     for none
 * @param settledKeys keys of the turns given that began at that moment
 * @param readNanos time of the last line there was when turns were given last: later lines of those
 *     turns were not counted yet
 * @param partKey a turn of which a part was given before its end, or empty
 * @param partNanos up to which line that part goes
 * @param started whether its start was given
 * @param ended whether its end was given
 * @param fileBytes how far its file was read
 */
record SessionState(
    long settledNanos,
    List<String> settledKeys,
    long readNanos,
    String partKey,
    long partNanos,
    boolean started,
    boolean ended,
    long fileBytes) {

  private static final int VERSION = 1;

  static final SessionState NEW =
      new SessionState(Row.NO_TIME, List.of(), Row.NO_TIME, "", Row.NO_TIME, false, false, 0);

  SessionState {
    settledKeys = List.copyOf(settledKeys);
  }

  boolean isSettled(Turn turn) {
    return turn.firstNanos() < settledNanos
        || (turn.firstNanos() == settledNanos && settledKeys.contains(turn.key()));
  }

  /** Up to which line the turn was given while it was open. */
  long partOf(Turn turn) {
    return turn.key().equals(partKey) ? partNanos : Row.NO_TIME;
  }

  SessionState withSettled(Turn turn) {
    List<String> keys = new ArrayList<>();
    if (turn.firstNanos() == settledNanos) {
      keys.addAll(settledKeys);
    }
    if (turn.firstNanos() >= settledNanos) {
      keys.add(turn.key());
    } else {
      keys.addAll(settledKeys);
    }
    return new SessionState(
        Math.max(settledNanos, turn.firstNanos()),
        keys,
        readNanos,
        turn.key().equals(partKey) ? "" : partKey,
        partNanos,
        started,
        ended,
        fileBytes);
  }

  SessionState withPart(Turn turn, long nanos) {
    return new SessionState(
        settledNanos, settledKeys, readNanos, turn.key(), nanos, started, ended, fileBytes);
  }

  SessionState withRead(long nanos) {
    return new SessionState(
        settledNanos,
        settledKeys,
        Math.max(readNanos, nanos),
        partKey,
        partNanos,
        started,
        ended,
        fileBytes);
  }

  SessionState withStarted() {
    return new SessionState(
        settledNanos, settledKeys, readNanos, partKey, partNanos, true, ended, fileBytes);
  }

  SessionState withEnded() {
    return new SessionState(
        settledNanos, settledKeys, readNanos, partKey, partNanos, started, true, fileBytes);
  }

  SessionState withFileBytes(long bytes) {
    return new SessionState(
        settledNanos, settledKeys, readNanos, partKey, partNanos, started, ended, bytes);
  }

  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeLong(settledNanos);
      out.writeInt(settledKeys.size());
      for (String key : settledKeys) {
        out.writeUTF(key);
      }
      out.writeLong(readNanos);
      out.writeUTF(partKey);
      out.writeLong(partNanos);
      out.writeBoolean(started);
      out.writeBoolean(ended);
      out.writeLong(fileBytes);
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
        throw new IllegalStateException("the state was written by a newer version");
      }
      long settled = in.readLong();
      List<String> keys = new ArrayList<>();
      for (int n = in.readInt(); n > 0; n--) {
        keys.add(in.readUTF());
      }
      return new SessionState(
          settled,
          keys,
          in.readLong(),
          in.readUTF(),
          in.readLong(),
          in.readBoolean(),
          in.readBoolean(),
          in.readLong());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
