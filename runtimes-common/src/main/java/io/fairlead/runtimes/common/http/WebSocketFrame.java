package io.fairlead.runtimes.common.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * One frame (RFC 6455 section 5.2).
 *
 * @param last whether its message ends with it
 * @param payload unmasked
 */
record WebSocketFrame(boolean last, int opcode, byte[] payload) {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int LAST = 0x80;
  private static final int MASKED = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0F;
  private static final int LENGTH = 0x7F;
  private static final int TWO_BYTES = 126;
  private static final int EIGHT_BYTES = 127;
  private static final int MASK_BYTES = 4;
  private static final int LONGEST_CONTROL = 125;

  boolean isControl() {
    return opcode >= CLOSE;
  }

  /** A client's next frame, whose payload may have so many bytes. */
  static WebSocketFrame read(InputStream in, int most) throws IOException {
    int first = in.read();
    int second = in.read();
    if (first < 0 || second < 0) {
      throw new EOFException("the connection ended without a close");
    }
    int opcode = first & OPCODE;
    boolean control = opcode >= CLOSE;
    if ((first & RESERVED) != 0 || opcode > PONG || (opcode > BINARY && opcode < CLOSE)) {
      throw new WebSocketFault(WebSocketFault.PROTOCOL, "a frame of no known kind");
    }
    if ((second & MASKED) == 0) {
      throw new WebSocketFault(WebSocketFault.PROTOCOL, "a frame without a mask");
    }
    long length = length(in, second & LENGTH);
    if (control && (length > LONGEST_CONTROL || (first & LAST) == 0)) {
      throw new WebSocketFault(WebSocketFault.PROTOCOL, "a control frame in pieces or too long");
    }
    if (!control && length > most) {
      throw new WebSocketFault(WebSocketFault.TOO_LARGE, "a message is too long");
    }
    byte[] mask = bytes(in, MASK_BYTES);
    byte[] payload = bytes(in, (int) length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % MASK_BYTES];
    }
    return new WebSocketFrame((first & LAST) != 0, opcode, payload);
  }

  private static long length(InputStream in, int said) throws IOException {
    if (said < TWO_BYTES) {
      return said;
    }
    boolean isLong = said == EIGHT_BYTES;
    byte[] bytes = bytes(in, isLong ? Long.BYTES : Short.BYTES);
    long length =
        isLong
            ? ByteBuffer.wrap(bytes).getLong()
            : Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort());
    if (length < 0) {
      throw new WebSocketFault(WebSocketFault.PROTOCOL, "a length beyond all lengths");
    }
    return length;
  }

  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the connection ended within a frame");
    }
    return bytes;
  }

  /** Writes a control frame of ours, which has no mask. */
  static void write(OutputStream out, int opcode, byte[] payload) throws IOException {
    if (payload.length > LONGEST_CONTROL) {
      throw new IllegalArgumentException("a control frame holds no more than 125 bytes");
    }
    byte[] frame = new byte[payload.length + 2];
    frame[0] = (byte) (LAST | opcode);
    frame[1] = (byte) payload.length;
    System.arraycopy(payload, 0, frame, 2, payload.length);
    out.write(frame);
    out.flush();
  }
}
