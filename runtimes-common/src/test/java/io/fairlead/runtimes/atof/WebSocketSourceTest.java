package io.fairlead.runtimes.atof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.testkit.RecordingDiagnostics;
import io.fairlead.testkit.RecordingSink;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records over WebSocket connections: what clients may do, and what they are told. */
@Timeout(30)
class WebSocketSourceTest {

  private static final String TOKEN = "s3cret-token";
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final String KEY_ACCEPTED = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final int LAST = 0x80;
  private static final int TEXT = 1;
  private static final int BINARY = 2;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;

  private final RecordingSink sink = new RecordingSink();
  private final RecordingDiagnostics diagnostics = new RecordingDiagnostics();
  private @Nullable RuntimeAdapter adapter;

  @BeforeEach
  void open() throws Exception {
    AtofAdapterProvider provider = new AtofAdapterProvider();
    RuntimeAdapter opened =
        provider.create(
            TestContext.of(
                    provider,
                    Tables.of(
                        Map.of(
                            "sources",
                            Map.of(
                                "endpoint",
                                Map.of(
                                    "port",
                                    "auto",
                                    "token",
                                    TOKEN,
                                    "max_body_bytes",
                                    4_096L,
                                    "request_timeout",
                                    "300ms")))))
                .withDiagnostics(diagnostics));
    opened.start(sink.state());
    adapter = opened;
  }

  @AfterEach
  void close() throws Exception {
    Objects.requireNonNull(adapter).close();
  }

  private void poll() throws Exception {
    Objects.requireNonNull(adapter).poll(sink);
  }

  private static List<String> lines() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            WebSocketSourceTest.class.getResourceAsStream("/relay-events.jsonl"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private int port() {
    return diagnostics.findings().stream()
        .filter(finding -> finding.code().equals("atof.listening"))
        .map(finding -> URI.create(finding.message().substring("listening on ".length())).getPort())
        .findFirst()
        .orElseThrow();
  }

  /** A client that sends what it likes. */
  private final class Client implements AutoCloseable {

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;

    Client(String extra) throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), port());
      socket.setSoTimeout(10_000);
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
      raw(
          ("GET /events HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive,"
                  + " Upgrade\r\n"
                  + extra
                  + "\r\n")
              .getBytes(StandardCharsets.US_ASCII));
    }

    void raw(byte[] bytes) throws IOException {
      out.write(bytes);
      out.flush();
    }

    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.readUnsignedByte());
      }
      return head.toString();
    }

    void frame(int first, byte[] payload) throws IOException {
      raw(masked(first, payload));
    }

    void text(String text) throws IOException {
      frame(LAST | TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    void close(int code) throws IOException {
      frame(LAST | CLOSE, ByteBuffer.allocate(2).putShort((short) code).array());
    }

    /** The next frame of the server: its opcode and payload. */
    Map.Entry<Integer, byte[]> next() throws IOException {
      int opcode = in.readUnsignedByte() & 0x0F;
      byte[] payload = new byte[in.readUnsignedByte()];
      in.readFully(payload);
      return Map.entry(opcode, payload);
    }

    int closeCode() throws IOException {
      Map.Entry<Integer, byte[]> frame = next();
      assertThat(frame.getKey()).isEqualTo(CLOSE);
      return ByteBuffer.wrap(frame.getValue()).getShort();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static byte[] masked(int first, byte[] payload) {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(first);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length <= 0xFFFF) {
      frame.write(0x80 | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    byte[] mask = {7, -9, 31, 64};
    frame.writeBytes(mask);
    for (int i = 0; i < payload.length; i++) {
      frame.write(payload[i] ^ mask[i % 4]);
    }
    return frame.toByteArray();
  }

  private static String handshake() {
    return "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + KEY
        + "\r\nAuthorization: Bearer "
        + TOKEN
        + "\r\n";
  }

  private Client connected() throws IOException {
    Client client = new Client(handshake());
    assertThat(client.head())
        .startsWith("HTTP/1.1 101 ")
        .contains("sec-websocket-accept: " + KEY_ACCEPTED);
    return client;
  }

  private void pollUntilEvents(int count) throws Exception {
    while (sink.events().size() < count) {
      poll();
    }
  }

  @Test
  void theAnswerToACloseSaysThatAllWasTaken() throws Exception {
    try (Client client = connected()) {
      client.text(lines().get(0));
      byte[] second = lines().get(1).getBytes(StandardCharsets.UTF_8);
      int middle = second.length / 2;
      client.frame(TEXT, Arrays.copyOf(second, middle));
      client.frame(LAST | PING, "?".getBytes(StandardCharsets.UTF_8));
      client.frame(LAST, Arrays.copyOfRange(second, middle, second.length));
      client.close(1_000);
      pollUntilEvents(2);
      Map.Entry<Integer, byte[]> pong = client.next();
      assertThat(pong.getKey()).isEqualTo(PONG);
      assertThat(pong.getValue()).containsExactly('?');
      assertThat(client.closeCode()).isEqualTo(1_000);
    }
  }

  @Test
  void aMessageIsTakenBeforeTheConnectionEnds() throws Exception {
    try (Client client = connected()) {
      client.text(lines().get(0));
      pollUntilEvents(1);
      client.text(lines().get(1));
      pollUntilEvents(2);
    }
  }

  @Test
  void aClientOfTheJdkIsUnderstood() throws Exception {
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + TOKEN)
            .buildAsync(
                URI.create("ws://127.0.0.1:" + port() + "/events"),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onClose(
                      WebSocket webSocket, int code, String reason) {
                    closed.complete(code);
                    return null;
                  }
                })
            .get();
    socket.sendText(lines().get(0).substring(0, 9), false).get();
    socket.sendText(lines().get(0).substring(9), true).get();
    socket.sendClose(1_000, "").get();
    pollUntilEvents(1);
    assertThat(closed.get()).isEqualTo(1_000);
  }

  @Test
  void aCommitThatFailsIsNoCloseAsUsual() throws Exception {
    try (Client client = connected()) {
      client.text(lines().get(0));
      client.close(1_000);
      sink.crashAtCommit(1);
      assertThatExceptionOfType(RecordingSink.SimulatedCrash.class)
          .isThrownBy(
              () -> {
                while (true) {
                  poll();
                }
              });
      assertThat(client.closeCode()).isEqualTo(1_013);
      assertThat(sink.events()).isEmpty();
    }
  }

  @Test
  void messagesOfWhichNoneIsARecordAreBadData() throws Exception {
    try (Client client = connected()) {
      client.text("no record");
      client.close(1_000);
      CompletableFuture<Integer> code = CompletableFuture.supplyAsync(() -> codeOf(client));
      while (!code.isDone()) {
        poll();
      }
      assertThat(code.get()).isEqualTo(1_007);
    }
  }

  private static int codeOf(Client client) {
    try {
      return client.closeCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "no mask,          1002",
    "reserved bit,     1002",
    "unknown opcode,   1002",
    "long ping,        1002",
    "ping in pieces,   1002",
    "no beginning,     1002",
    "two beginnings,   1002",
    "negative length,  1002",
    "binary,           1003",
    "not UTF-8,        1007",
    "too long,         1009",
    "too long in sum,  1009",
    "half a frame,     1013",
    "half a message,   1013",
  })
  void whatIsNoMessageEndsTheConnection(String fault, int code) throws Exception {
    byte[] big = new byte[3_000];
    byte[] text = "{}".getBytes(StandardCharsets.UTF_8);
    try (Client client = connected()) {
      switch (fault) {
        case "no mask" -> client.raw(new byte[] {(byte) (LAST | TEXT), 2, '{', '}'});
        case "reserved bit" -> client.frame(LAST | 0x40 | TEXT, text);
        case "unknown opcode" -> client.frame(LAST | 3, text);
        case "long ping" -> client.frame(LAST | PING, new byte[126]);
        case "ping in pieces" -> client.frame(PING, text);
        case "no beginning" -> client.frame(LAST, text);
        case "two beginnings" -> {
          client.frame(TEXT, text);
          client.frame(LAST | TEXT, text);
        }
        case "negative length" ->
            client.raw(new byte[] {(byte) (LAST | TEXT), -1, -1, 0, 0, 0, 0, 0, 0, 0});
        case "binary" -> client.frame(LAST | BINARY, text);
        case "not UTF-8" -> client.frame(LAST | TEXT, new byte[] {(byte) 0xC3, '('});
        case "too long" -> client.frame(LAST | TEXT, new byte[70_000]);
        case "too long in sum" -> {
          client.frame(TEXT, big);
          client.frame(LAST, big);
        }
        case "half a frame" -> client.raw(new byte[] {(byte) (LAST | TEXT)});
        case "half a message" -> client.frame(TEXT, text);
        default -> throw new IllegalArgumentException(fault);
      }
      assertThat(client.closeCode()).isEqualTo(code);
      assertThat(sink.events()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Sec-WebSocket-Version: 13;Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
          403 | Sec-WebSocket-Version: 13;Authorization: Bearer s3cret-token;Origin: http://evil.example
          426 | Sec-WebSocket-Version: 8;Authorization: Bearer s3cret-token
          400 | Sec-WebSocket-Version: 13;Sec-WebSocket-Key: x;Authorization: Bearer s3cret-token
          400 | Sec-WebSocket-Version: 13;Authorization: Bearer s3cret-token
          """)
  void whoMayNotComeGetsNoConnection(int status, String headers) throws Exception {
    try (Client client = new Client(headers.strip().replace(";", "\r\n") + "\r\n")) {
      assertThat(client.head()).startsWith("HTTP/1.1 " + status);
    }
  }
}
