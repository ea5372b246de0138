package io.fairlead.runtimes.common.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one HTTP/1.1 request. Framing that could be read in two ways is refused. */
final class RequestReader {

  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 100;

  private final InputStream in;
  private final int maxBody;
  private final Continue onContinue;

  /** Tells a client that waits for it to send the body. */
  @FunctionalInterface
  interface Continue {
    void send() throws IOException;
  }

  RequestReader(InputStream in, int maxBody, Continue onContinue) {
    this.in = in;
    this.maxBody = maxBody;
    this.onContinue = onContinue;
  }

  /** The next request without its body, or null when the client has closed the connection. */
  @Nullable HttpRequest head() throws IOException {
    String first = line();
    if (first == null) {
      return null;
    }
    String[] words = first.split(" ", -1);
    if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
      throw new HttpFault(400, "not an HTTP/1.1 request");
    }
    int query = words[1].indexOf('?');
    String path = query < 0 ? words[1] : words[1].substring(0, query);
    return new HttpRequest(words[0], path, headers(), new byte[0]);
  }

  /** Whether the body comes in chunks, and so may go on for as long as the client likes. */
  static boolean isChunked(HttpRequest head) {
    return head.headers().containsKey("transfer-encoding");
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (int i = 0; i <= MAX_HEADERS; i++) {
      String line = line();
      if (line == null) {
        throw new HttpFault(400, "the request ends within its headers");
      }
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 1 || Character.isWhitespace(line.charAt(0))) {
        throw new HttpFault(400, "a header line is no header");
      }
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      String former = headers.put(name, value);
      if (former != null && name.equals("content-length") && !former.equals(value)) {
        throw new HttpFault(400, "two lengths");
      }
    }
    throw new HttpFault(431, "more than " + MAX_HEADERS + " headers");
  }

  /** The same request with its body. */
  HttpRequest whole(HttpRequest head) throws IOException {
    byte[] body;
    if (isChunked(head)) {
      body = chunks(head).readNBytes(maxBody + 1);
      if (body.length > maxBody) {
        throw tooLarge();
      }
    } else {
      String length = head.headers().get("content-length");
      int bytes = length == null ? 0 : number(length, 10);
      plain(head.headers());
      body = in.readNBytes(bytes);
      if (body.length < bytes) {
        throw new HttpFault(400, "the body ends early");
      }
    }
    return new HttpRequest(head.method(), head.path(), head.headers(), body);
  }

  /** The body of a request whose body comes in chunks, to its end. */
  InputStream chunks(HttpRequest head) throws IOException {
    Map<String, String> headers = head.headers();
    if (headers.containsKey("content-length")
        || !"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      throw new HttpFault(400, "only chunked is read as a transfer encoding, and without a length");
    }
    plain(headers);
    return new Chunks();
  }

  /** Refuses what would have to be unpacked; tells a client that waits to go on. */
  private void plain(Map<String, String> headers) throws IOException {
    String encoding = headers.get("content-encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new HttpFault(415, "compressed bodies are not read here; send it plain");
    }
    expected(headers);
  }

  private void expected(Map<String, String> headers) throws IOException {
    if ("100-continue".equalsIgnoreCase(headers.get("expect"))) {
      onContinue.send();
    }
  }

  private int number(String text, int radix) throws HttpFault {
    if (text.isEmpty() || text.chars().anyMatch(c -> Character.digit(c, radix) < 0 || c > 'f')) {
      throw new HttpFault(400, "a length is no number");
    }
    if (text.length() > 15 || Long.parseLong(text, radix) > maxBody) {
      throw tooLarge();
    }
    return Integer.parseInt(text, radix);
  }

  private HttpFault tooLarge() {
    return new HttpFault(413, "the body is longer than " + maxBody + " bytes");
  }

  /** A line without its end, or null when there is nothing more. */
  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        if (line.size() == 0) {
          return null;
        }
        throw new HttpFault(400, "the request ends within a line");
      }
      if (line.size() == MAX_LINE) {
        throw new HttpFault(431, "a line is longer than " + MAX_LINE + " bytes");
      }
      line.write(b);
    }
    String text = line.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  /** The bytes of chunks, without what stands between them. */
  private final class Chunks extends InputStream {

    private int left;
    private boolean first = true;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0 && !next()) {
        return -1;
      }
      int count = in.read(target, offset, Math.min(length, left));
      if (count < 0) {
        throw new HttpFault(400, "the body ends early");
      }
      left -= count;
      return count;
    }

    private boolean next() throws IOException {
      if (ended) {
        return false;
      }
      if (!first && !"".equals(line())) {
        throw new HttpFault(400, "a chunk is not as long as it says");
      }
      first = false;
      String line = line();
      if (line == null) {
        throw new HttpFault(400, "the body ends early");
      }
      int extension = line.indexOf(';');
      left = number((extension < 0 ? line : line.substring(0, extension)).strip(), 16);
      if (left == 0) {
        ended = true;
        headers(); // trailers
      }
      return !ended;
    }
  }
}
