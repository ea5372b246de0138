package io.fairlead.cli.report;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A session's numbers as bytes, for as long as the process lives. */
final class SessionCodec {

  private SessionCodec() {}

  static byte[] write(SessionTotals session) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      session.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static SessionTotals read(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return SessionTotals.readFrom(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a text of any length, or null. */
  static void text(DataOutput out, @Nullable String text) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static @Nullable String text(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** A text that was not null when it was written. */
  static String name(DataInput in) throws IOException {
    return String.valueOf(text(in));
  }

  static void time(DataOutput out, @Nullable Long nanos) throws IOException {
    out.writeBoolean(nanos != null);
    if (nanos != null) {
      out.writeLong(nanos);
    }
  }

  static @Nullable Long time(DataInput in) throws IOException {
    return in.readBoolean() ? (Long) in.readLong() : null;
  }
}
