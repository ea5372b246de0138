package io.fairlead.exporters.files.s3;

import io.fairlead.spi.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * Who signs a request.
 *
 * @param accessKeyId the public half of the key
 * @param secretKey the other half
 * @param sessionToken goes with a key that is valid for a time; null for a lasting one
 */
public record AwsCredentials(String accessKeyId, Secret secretKey, @Nullable Secret sessionToken) {

  public AwsCredentials {
    requireSendable(S3Settings.ACCESS_KEY_ID, "access key id", accessKeyId);
    if (sessionToken != null) {
      requireSendable(S3Settings.SESSION_TOKEN_VAR, "session token", sessionToken.reveal());
    }
  }

  /** The client would name the value of a header it cannot send. */
  private static void requireSendable(String field, String what, String value) {
    if (!value.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new S3Fault(field, "the " + what + " has characters no header may have");
    }
  }
}
