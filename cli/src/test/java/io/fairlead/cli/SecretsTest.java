package io.fairlead.cli;

import static io.fairlead.cli.RealCommands.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A token in every place a secret can be in, every command, and the token in nothing that anybody
 * says: not on out or err, not in logs, not in what was thrown.
 */
@NullUnmarked // assertions are what finds a null here
class SecretsTest {

  /** Every planted secret begins so. */
  private static final String TOKEN = "tok3n-";

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path home;
  private final Map<String, String> variables = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final StringBuffer logs = new StringBuffer();
  private final Handler handler = new Capture();
  private final Logger root = Logger.getLogger("");
  private HttpServer server;

  @BeforeEach
  void prepare() throws IOException {
    RealCommands.copyRecordings(home.resolve("hermes"));
    Files.writeString(home.resolve("secret"), TOKEN + "of-a-file\n");
    variables.put("A_TOKEN", TOKEN + "of-a-variable");
    variables.put("A_HEADER", "Bearer " + TOKEN + "of-a-header-variable");
    variables.put("OTEL_EXPORTER_OTLP_HEADERS", "authorization=" + TOKEN + "of-otel");
    for (String proxy : List.of("http_proxy", "HTTPS_PROXY", "ALL_PROXY")) {
      variables.put(proxy, "http://user:" + TOKEN + "of-a-proxy@127.0.0.1:1");
    }
    variables.put("FAIRLEAD_DEBUG", "1");
    root.addHandler(handler);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", SecretsTest::refuse);
    server.start();
  }

  @AfterEach
  void end() {
    server.stop(0);
    root.removeHandler(handler);
  }

  /** Answers with all that it was told, as some backends do. */
  private static void refuse(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String told =
        "refused: " + exchange.getRequestURI() + " " + exchange.getRequestHeaders().entrySet();
    String bare = told.replace("Bearer ", "").replace("[", " ");
    byte[] body = bare.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/plain");
    exchange.sendResponseHeaders(401, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  static Stream<Arguments> commands() {
    return Stream.of("toml", "yaml")
        .flatMap(
            format ->
                Stream.of(
                        "validate",
                        "validate --format json",
                        "validate --format sarif",
                        "report",
                        "report --format json",
                        "config",
                        "config --format json",
                        "price")
                    .map(command -> Arguments.of(format, command)));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void noCommandShowsASecret(String format, String command) throws IOException {
    Path config = write("plugins." + format, format.equals("toml") ? toml(url()) : yaml(url()));
    run((command + " --config " + config).split(" ", -1));
    assertNoSecret();
  }

  /** Every field that a spec calls secret, so that a new one cannot be forgotten here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "validate",
        "validate --format json",
        "validate --format sarif",
        "config",
        "config --defaults",
        "config --format json --defaults",
        "report",
        "report --format json"
      })
  void noDeclaredSecretIsShown(String command) throws IOException {
    PlantedSecrets planted = PlantedSecrets.everywhere(TOKEN);
    assertThat(planted.places())
        .contains(
            "observability.opentelemetry.endpoints[].headers",
            "observability.opentelemetry.logs.endpoints[].headers",
            "observability.atof.sinks[].headers",
            "observability.atif.storage[].headers",
            "atof.sources.endpoint.token");
    Path config = write("planted.yaml", planted.document());
    run((command + " --config " + config).split(" ", -1));
    assertThat(out.toString() + err).isNotEmpty();
    assertNoSecret();
  }

  @Test
  void noCommandWithoutAConfigurationShowsASecret() {
    for (String command :
        List.of("components", "schema", "explain", "explain plugin.unresolved_variable")) {
      run(command.split(" ", -1));
    }
    assertThat(out.toString()).contains("opentelemetry", "writeOnly");
    assertNoSecret();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "headers = { authorization = 'Bearer tok3n-plain' }",
        "headers = { authorization = 'Bearer ${env:A_TOKEN}' }",
        "headers = { authorization = '${file:secret}' }",
        "headers = { authorization = 'Basic ${vault:key}' }",
        "header_env = { authorization = 'A_HEADER' }",
        "header_file = { authorization = '%HOME%/secret' }",
        ""
      })
  void aBackendThatAnswersWithTheSecretIsNotQuoted(String headers) throws Exception {
    String config =
        hermes()
            + observability(
                url() + "/v1/traces?key=tok3n-query", headers.replace("%HOME%", home.toString()));
    runUntilDelayed("run", "--once", "--config", write("p.toml", config).toString());
    assertThat(err.toString()).contains("HTTP 401: refused:");
    assertNoSecret();
  }

  @Test
  void aReplayToABackendThatAnswersWithTheSecretDoesNotQuoteIt() throws Exception {
    String config = observability(url(), "headers = { authorization = 'Bearer tok3n-plain' }");
    Path events = home.resolve("events.jsonl");
    Files.writeString(events, EVENT);
    runUntilDelayed("replay", "--config", write("p.toml", config).toString(), events.toString());
    assertNoSecret();
  }

  @Test
  void aBackendThatIsNotThereIsNamedWithoutItsSecrets() throws Exception {
    String nowhere;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nowhere = "http://127.0.0.1:" + socket.getLocalPort() + "/v1/traces?key=tok3n-query";
    }
    String config = hermes() + observability(nowhere, "");
    runUntilDelayed("run", "--once", "--config", write("p.toml", config).toString());
    assertNoSecret();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint = 'http://user:tok3n-user@127.0.0.1:4318'",
        "endpoint = 'http://tok3n-user@127.0.0.1:4318/x?a=tok3n-query'",
        "endpoint = 'http://user:tok3n user@127.0.0.1:4318'",
        "endpoint = 'http://127.0.0.1:99999/?a=tok3n-query'",
        "endpoint = 'tok3n-x'",
        "endpoint = ['tok3n-x']",
        "endpoint = 'http://127.0.0.1'\nheaders = 'tok3n-x'",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = ['tok3n-x'] }",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = \"tok3n-\\n-x\" }",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = '${env:NONE} tok3n-x' }",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = '${env:A_TOKEN' }",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = '${vault:broken}' }",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = '${env:A_TOKEN}' }\nheader_env = { a = 'A_TOKEN' }",
        "endpoint = 'http://127.0.0.1'\ntransport = 'tok3n-x'",
        "endpoint = 'http://127.0.0.1'\ntimeout_millis = 'tok3n-x'",
        "endpoint = 'http://127.0.0.1'\nauthorization = 'tok3n-x'",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = 'x' tok3n-x }",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = tok3n-x }",
        "endpoint = 'http://127.0.0.1'\nheaders = { a = 'tok3n-x",
        "endpoint = '${env:A_TOKEN}'",
        "endpoint = '${file:secret}'",
        "endpoint = 'http://u:${env:A_TOKEN}@127.0.0.1:4318'",
        "endpoint = 'http://u:${file:secret}@127.0.0.1:4318'"
      })
  void faultsNearASecretDoNotQuoteIt(String keys) throws IOException {
    String text =
        hermes()
            + """
            [[components]]
            kind = "observability"
            [components.config]
            version = 4
            policy = { unknown_field = "error" }
            [components.config.opentelemetry]
            enabled = true
            [[components.config.opentelemetry.endpoints]]
            type = "full"
            """
            + keys
            + "\n";
    Path config = write("p.toml", text);
    for (String command :
        List.of("validate", "validate --format json", "validate --format sarif")) {
      run((command + " --config " + config).split(" ", -1));
    }
    assertThat(run("run", "--once", "--config", config.toString())).isNotZero();
    assertNoSecret();
  }

  private void assertNoSecret() {
    assertThat(out.toString()).doesNotContain(TOKEN);
    assertThat(err.toString()).doesNotContain(TOKEN);
    assertThat(logs.toString()).doesNotContain(TOKEN);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(home.resolve(name), text);
  }

  private String hermes() {
    return """
    data_dir = "%s"
    [[components]]
    kind = "hermes"
    [components.config]
    home = "%s"
    zone = "UTC"
    """
        .formatted(home.resolve("state"), home.resolve("hermes"));
  }

  private static String observability(String endpoint, String more) {
    return """
    [[components]]
    kind = "observability"
    [components.config]
    version = 4
    [components.config.opentelemetry]
    enabled = true
    [[components.config.opentelemetry.endpoints]]
    type = "full"
    endpoint = "%s"
    %s
    """
        .formatted(endpoint, more);
  }

  /** Valid, with a secret in every place that takes one. */
  private String toml(String url) {
    return hermes()
        + observability(
            url + "/v1/traces?key=tok3n-query",
            """
            headers = { a = "tok3n-plain", b = "${env:A_TOKEN}", c = "${file:secret}", d = "${vault:k}" }
            header_env = { e = "A_HEADER" }
            header_file = { f = "%s/secret" }
            """
                .formatted(home))
        + """
        [components.config.atof]
        enabled = true
        [[components.config.atof.sinks]]
        type = "stream"
        url = "%s/?key=tok3n-query"
        headers = { a = "tok3n-plain" }
        """
            .formatted(url);
  }

  private String yaml(String url) {
    return """
    data_dir: %1$s/state
    components:
      - kind: hermes
        config: {home: %1$s/hermes, zone: UTC}
      - kind: observability
        config:
          version: 4
          opentelemetry:
            enabled: true
            endpoints:
              - type: full
                endpoint: %2$s/v1/traces?key=tok3n-query
                headers: {a: tok3n-plain, b: "${env:A_TOKEN}", c: "${file:secret}", d: "${vault:k}"}
                header_env: {e: A_HEADER}
                header_file: {f: %1$s/secret}
    """
        .formatted(home, url);
  }

  private int run(String... arguments) {
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream("{}\n".getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            false,
            Terminal.UNBOUNDED);
    Host host =
        new Host(
            variables::get,
            home,
            home.resolve("etc/plugins.toml"),
            ROOT.resolve("cli/src/main/dist"),
            Clock.systemUTC(),
            terminal);
    return new Cli(new App(host, new CoreKernel(host), new AtofFiles(), new TestApp.FakeStop()))
        .run(arguments);
  }

  /** Runs a command that would go on trying until a delivery did not succeed and was told. */
  private void runUntilDelayed(String... arguments) throws InterruptedException {
    Thread command = new Thread(() -> run(arguments), "command");
    command.start();
    await().atMost(PATIENCE).until(() -> err.toString().contains("delivery_delayed"));
    command.interrupt();
    command.join(PATIENCE.toMillis());
    assertThat(command.isAlive()).isFalse();
  }

  private static final String EVENT =
      """
      {"atof_version":"0.1","kind":"scope","scope_category":"start","uuid":"0190b5c0-0000-7000-8000-000000000001","parent_uuid":null,"timestamp":"2026-11-21T10:00:00Z","name":"a","category":"agent","attributes":[],"data":null,"data_schema":null,"category_profile":null,"metadata":null}
      {"atof_version":"0.1","kind":"scope","scope_category":"end","uuid":"0190b5c0-0000-7000-8000-000000000001","parent_uuid":null,"timestamp":"2026-11-21T10:00:01Z","name":"a","category":"agent","attributes":[],"data":null,"data_schema":null,"category_profile":null,"metadata":null}
      """;

  /** Keeps every record with what was thrown. */
  private final class Capture extends Handler {

    Capture() {
      setLevel(Level.ALL);
    }

    @Override
    public void publish(@Nullable LogRecord entry) {
      logs.append(entry.getMessage()).append(Arrays.toString(entry.getParameters()));
      for (Throwable thrown = entry.getThrown(); thrown != null; thrown = thrown.getCause()) {
        logs.append(thrown).append('\n');
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
