package io.fairlead.exporters.otel.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How requests stand in a file one after the other. */
public enum Format {
  /** OTLP/JSON, one request per line. */
  JSON_LINES("jsonl") {
    @Override
    byte[] frame(SpanRequest request) {
      return (request.json() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The end of a cut line is not known to be ours, so it is ended, not removed. */
    @Override
    void mend(FileChannel file) throws IOException {
      long size = file.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      if (size > 0 && file.read(last, size - 1) == 1 && last.get(0) != '\n') {
        file.write(ByteBuffer.wrap(new byte[] {'\n'}), size);
      }
    }
  },

  /** OTLP/protobuf, each request after its length as four bytes, the highest first. */
  PROTO("otlp.pb") {
    @Override
    byte[] frame(SpanRequest request) {
      byte[] message = request.protobuf();
      return ByteBuffer.allocate(PREFIX + message.length)
          .putInt(message.length)
          .put(message)
          .array();
    }

    /** A reader cannot find its way past a cut request, so it is removed; it comes again. */
    @Override
    void mend(FileChannel file) throws IOException {
      long size = file.size();
      long position = 0;
      while (position < size) {
        long next = position + PREFIX + length(file, position, size);
        if (next > size) {
          file.truncate(position);
          return;
        }
        position = next;
      }
    }
  };

  private static final int PREFIX = Integer.BYTES;

  /** The only field of a request: a resource with its spans. */
  private static final byte FIRST_TAG = 0x0a;

  private final String extension;

  Format(String extension) {
    this.extension = extension;
  }

  /** The format of a configuration word. */
  public static Format of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** The usual end of a file's name. */
  public String extension() {
    return extension;
  }

  abstract byte[] frame(SpanRequest request);

  /** Makes a file that may end in the middle of a request fit for more. */
  abstract void mend(FileChannel file) throws IOException;

  /** What stands at a place as length; a file that is none of ours is left as it is. */
  private static long length(FileChannel file, long position, long size) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(PREFIX + 1);
    int read = file.read(head, position);
    if (read < PREFIX) {
      return size;
    }
    int length = head.getInt(0);
    if (length < 0 || (length > 0 && read > PREFIX && head.get(PREFIX) != FIRST_TAG)) {
      throw new IOException("the file holds something else than OTLP requests with their length");
    }
    return length;
  }
}
