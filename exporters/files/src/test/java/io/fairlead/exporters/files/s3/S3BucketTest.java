package io.fairlead.exporters.files.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.exporters.files.http.Answer;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3BucketTest {

  private static final ConfigSpec SPEC = ConfigSpec.of(S3Settings.FIELDS);
  private static final Map<String, String> KEYS =
      Map.of(
          "AWS_ACCESS_KEY_ID", "AKID",
          "AWS_SECRET_ACCESS_KEY", "usual",
          "AWS_SESSION_TOKEN", "token",
          "OTHER_KEY", "other");

  private final MockWebServer server = new MockWebServer();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static S3Settings settings(Map<String, String> environment, Object... keysAndValues) {
    return S3Settings.read(ConfigView.of(SPEC, Tables.table(keysAndValues)), environment::get);
  }

  private Answer put(String name) throws InterruptedException {
    S3Settings settings =
        settings(
            KEYS,
            "bucket",
            "traces",
            "key_prefix",
            "agents",
            "allow_http",
            true,
            "endpoint_url",
            server.url("/").toString());
    try (S3Bucket bucket =
        new S3Bucket(
            settings,
            Objects.requireNonNull(settings.credentials()),
            new ManualClock(Instant.EPOCH))) {
      return bucket.put(name, "{}".getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void putsAnObjectBelowThePrefix() throws Exception {
    server.enqueue(new MockResponse.Builder().code(200).build());
    assertThat(put("2026/a b.json")).isInstanceOf(Answer.Accepted.class);
    RecordedRequest request = server.takeRequest();
    assertThat(request.getMethod()).isEqualTo("PUT");
    assertThat(request.getTarget()).isEqualTo("/traces/agents/2026/a%20b.json");
    assertThat(Objects.requireNonNull(request.getBody()).utf8()).isEqualTo("{}");
    assertThat(request.getHeaders().get("Host"))
        .isEqualTo(server.getHostName() + ":" + server.getPort());
    assertThat(request.getHeaders().get("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKID/");
    assertThat(request.getHeaders().get("x-amz-security-token")).isEqualTo("token");
  }

  @Test
  void anAnswerSaysWhetherToComeAgain() throws Exception {
    server.enqueue(new MockResponse.Builder().code(503).build());
    assertThat(put("a.json")).isInstanceOf(Answer.Later.class);
    server.enqueue(new MockResponse.Builder().code(400).build());
    assertThat(put("a.json")).isInstanceOf(Answer.Later.class);
    server.enqueue(new MockResponse.Builder().code(413).build());
    assertThat(put("a.json")).isInstanceOf(Answer.Refused.class);
  }

  @Test
  void withoutAnAddressItIsAmazonsOfTheRegion() {
    assertThat(settings(Map.of(), "bucket", "b").url())
        .hasToString("https://s3.us-east-1.amazonaws.com/b");
    assertThat(settings(Map.of("AWS_REGION", "eu-west-1"), "bucket", "b").url())
        .hasToString("https://s3.eu-west-1.amazonaws.com/b");
    assertThat(settings(Map.of("AWS_REGION", "x"), "bucket", "b", "region", "eu-north-1").url())
        .hasToString("https://s3.eu-north-1.amazonaws.com/b");
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("AWS_ENDPOINT_URL", "https://minio.example:9000");
    assertThat(settings(variables, "bucket", "b").url())
        .hasToString("https://minio.example:9000/b");
  }

  @Test
  void aTokenGoesWithItsKeyOnly() {
    assertThat(settings(KEYS, "bucket", "b").credentials())
        .extracting(AwsCredentials::sessionToken)
        .isNotNull();
    assertThat(settings(KEYS, "bucket", "b", "secret_access_key_var", "OTHER_KEY").credentials())
        .extracting(AwsCredentials::sessionToken)
        .isNull();
    assertThat(settings(Map.of(), "bucket", "b", "access_key_id", "AKID").credentials()).isNull();
  }

  @Test
  void aKeyThatNoHeaderMayHoldIsNotShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                settings(
                    Map.of("S", "s", "T", "to\nken"),
                    "bucket",
                    "b",
                    "access_key_id",
                    "AKID",
                    "secret_access_key_var",
                    "S",
                    "session_token_var",
                    "T"))
        .withMessageNotContaining("ken\n")
        .withMessageContaining("session token");
  }

  /** Keys as the peer's library makes them, then encoded as the path of a URL. */
  @ParameterizedTest
  @CsvSource({
    "a/b.json, a/b.json",
    "/a//b/, a/b",
    "../x, %252E%252E/x",
    "a~b, a%257Eb",
    "a+b=c, a%2Bb%3Dc",
    "a*b, a%252Ab",
    "ä, %25C3%25A4",
  })
  void keysAreThoseOfThePeer(String path, String expected) {
    assertThat(ObjectKeys.urlPath(path)).isEqualTo(expected);
  }
}
