package io.fairlead.exporters.files.s3;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs requests to S3 with AWS Signature Version 4, as "Authenticating Requests: Using the
 * Authorization Header" of the Amazon S3 API reference describes it for a body sent in one piece.
 */
final class AwsSignature {

  private static final String ALGORITHM = "AWS4-HMAC-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final int DAY = 8;

  private final AwsCredentials credentials;
  private final String region;

  AwsSignature(AwsCredentials credentials, String region) {
    this.credentials = credentials;
    this.region = region;
  }

  /**
   * The headers of a request, {@code Authorization} among them.
   *
   * @param path its path as it is sent
   * @param signed headers that are sent as well and shall be signed, {@code host} among them; their
   *     names in lower case
   */
  SortedMap<String, String> headers(
      String method, String path, SortedMap<String, String> signed, byte[] body, Instant now) {
    String time = TIME.format(now);
    String bodyHash = sha256(body);
    SortedMap<String, String> headers = new TreeMap<>(signed);
    headers.put("x-amz-content-sha256", bodyHash);
    headers.put("x-amz-date", time);
    if (credentials.sessionToken() != null) {
      headers.put("x-amz-security-token", credentials.sessionToken().reveal());
    }
    StringBuilder lines = new StringBuilder();
    headers.forEach(
        (name, value) -> lines.append(name).append(':').append(value.strip()).append('\n'));
    String names = String.join(";", headers.keySet());
    String request = String.join("\n", method, path, "", lines, names, bodyHash);
    String scope = time.substring(0, DAY) + "/" + region + "/s3/aws4_request";
    String toSign =
        String.join("\n", ALGORITHM, time, scope, sha256(request.getBytes(StandardCharsets.UTF_8)));
    headers.put(
        "authorization",
        ALGORITHM
            + " Credential="
            + credentials.accessKeyId()
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + HexFormat.of().formatHex(hmac(key(time.substring(0, DAY)), toSign)));
    return headers;
  }

  private byte[] key(String day) {
    byte[] key = ("AWS4" + credentials.secretKey().reveal()).getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {day, region, "s3", "aws4_request"}) {
      key = hmac(key, part);
    }
    return key;
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
