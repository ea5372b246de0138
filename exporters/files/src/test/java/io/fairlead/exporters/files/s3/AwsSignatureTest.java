package io.fairlead.exporters.files.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.config.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples of the Amazon S3 API reference. */
class AwsSignatureTest {

  private static final Instant DAY = Instant.parse("2013-05-24T00:00:00Z");
  private static final String HOST = "examplebucket.s3.amazonaws.com";
  private static final AwsCredentials EXAMPLE =
      new AwsCredentials(
          "AKIAIOSFODNN7EXAMPLE", Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"), null);

  private static Map<String, String> sign(
      AwsCredentials credentials,
      String method,
      String path,
      Map<String, String> more,
      String body) {
    TreeMap<String, String> signed = new TreeMap<>(more);
    signed.put("host", HOST);
    return new AwsSignature(credentials, "us-east-1")
        .headers(method, path, signed, body.getBytes(StandardCharsets.UTF_8), DAY);
  }

  @Test
  void signsTheExampleOfAnUpload() {
    Map<String, String> more =
        Map.of(
            "date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY");
    assertThat(sign(EXAMPLE, "PUT", "/test%24file.text", more, "Welcome to Amazon S3."))
        .containsEntry(
            "x-amz-content-sha256",
            "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072")
        .containsEntry("x-amz-date", "20130524T000000Z")
        .containsEntry(
            "authorization",
            "AWS4-HMAC-SHA256"
                + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, "
                + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
  }

  @Test
  void signsTheExampleOfADownload() {
    assertThat(sign(EXAMPLE, "GET", "/test.txt", Map.of("range", "bytes=0-9"), ""))
        .hasEntrySatisfying(
            "authorization",
            value ->
                assertThat(value)
                    .endsWith(
                        "Signature="
                            + "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"));
  }

  @Test
  void aSessionsTokenIsSentAndSigned() {
    AwsCredentials lent = new AwsCredentials("AKID", Secret.of("secret"), Secret.of("token"));
    assertThat(sign(lent, "PUT", "/a", Map.of(), "x"))
        .containsEntry("x-amz-security-token", "token")
        .hasEntrySatisfying(
            "authorization",
            value ->
                assertThat(value)
                    .contains("host;x-amz-content-sha256;x-amz-date;x-amz-security-token"));
    assertThat(lent.toString()).doesNotContain("secret=", "token]").contains("[REDACTED]");
  }
}
