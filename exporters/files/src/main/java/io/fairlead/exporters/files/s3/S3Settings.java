package io.fairlead.exporters.files.s3;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.Secret;
import java.util.List;
import java.util.function.Function;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is and who may write to it. What a table of the document leaves out comes from the
 * variables that Amazon's own tools read.
 *
 * @param url the bucket's address; objects lie below it
 * @param keyPrefix put before the name of each object; empty, or ends with a slash
 * @param region the region requests are signed for
 * @param credentials who signs; null when neither the table nor a variable says
 */
public record S3Settings(
    HttpUrl url, String keyPrefix, String region, @Nullable AwsCredentials credentials) {

  private static final String BUCKET = "bucket";
  private static final String KEY_PREFIX = "key_prefix";
  static final String ACCESS_KEY_ID = "access_key_id";
  private static final String SECRET_ACCESS_KEY_VAR = "secret_access_key_var";
  static final String SESSION_TOKEN_VAR = "session_token_var";
  private static final String REGION = "region";
  private static final String ENDPOINT_URL = "endpoint_url";
  private static final String ALLOW_HTTP = "allow_http";

  /** The fields of a table that names a bucket, as NeMo Relay has them. */
  public static final List<FieldSpec> FIELDS =
      List.of(
          FieldSpec.string(BUCKET, "Bucket, for type `s3`."),
          FieldSpec.string(KEY_PREFIX, "Put before the name of each object, with a slash between."),
          FieldSpec.string(ACCESS_KEY_ID, "Id of the access key; else `AWS_ACCESS_KEY_ID`."),
          FieldSpec.string(
              SECRET_ACCESS_KEY_VAR,
              "Variable that holds the secret key; else `AWS_SECRET_ACCESS_KEY`."),
          FieldSpec.string(
              SESSION_TOKEN_VAR,
              "Variable that holds the token of a session; else `AWS_SESSION_TOKEN`, when the"
                  + " secret key is `AWS_SECRET_ACCESS_KEY`."),
          FieldSpec.string(
              REGION, "Region; else `AWS_REGION`, `AWS_DEFAULT_REGION` or `us-east-1`."),
          FieldSpec.string(
              ENDPOINT_URL, "Address of a server other than Amazon's; else `AWS_ENDPOINT_URL`."),
          FieldSpec.bool(
              ALLOW_HTTP, "Whether the address may be plain HTTP; else `AWS_ALLOW_HTTP`."));

  /**
   * The settings of a table with {@link #FIELDS}.
   *
   * @param environment the value of a variable, or null
   * @throws S3Fault when the address or a key cannot be used
   */
  public static S3Settings read(ConfigView table, Function<String, @Nullable String> environment) {
    Lookup lookup = new Lookup(table, environment);
    String region = lookup.of(REGION, "AWS_REGION", "AWS_DEFAULT_REGION");
    String signedFor = region == null ? "us-east-1" : region;
    return new S3Settings(lookup.url(signedFor), lookup.prefix(), signedFor, lookup.credentials());
  }

  /** A table, and the variables that stand in for its fields. */
  private record Lookup(ConfigView table, Function<String, @Nullable String> environment) {

    @Nullable String of(String field, String... variables) {
      String value = table.stringOrNull(field);
      for (int i = 0; value == null && i < variables.length; i++) {
        value = variable(variables[i]);
      }
      return value;
    }

    private @Nullable String variable(@Nullable String name) {
      String value = name == null ? null : environment.apply(name);
      return value == null || value.isEmpty() ? null : value;
    }

    HttpUrl url(String region) {
      String configured = of(ENDPOINT_URL, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
      String text = configured == null ? "https://s3." + region + ".amazonaws.com" : configured;
      HttpUrl endpoint = HttpUrl.parse(text);
      if (endpoint == null) {
        String field = configured == null ? REGION : ENDPOINT_URL;
        throw new S3Fault(field, "it makes no http(s) URL of an S3 server");
      }
      if (!endpoint.isHttps() && !isHttpAllowed()) {
        throw new S3Fault(
            ENDPOINT_URL,
            "the address of the S3 server is plain HTTP, which allow_http does not permit");
      }
      return endpoint.newBuilder().addPathSegment(table.string(BUCKET)).build();
    }

    private boolean isHttpAllowed() {
      return table.node(ALLOW_HTTP) instanceof ConfigNode.Bool given
          ? given.value()
          : Boolean.parseBoolean(variable("AWS_ALLOW_HTTP"));
    }

    String prefix() {
      String prefix = table.stringOrNull(KEY_PREFIX);
      String stripped = prefix == null ? "" : prefix.strip();
      return stripped.isEmpty() || stripped.endsWith("/") ? stripped : stripped + "/";
    }

    @Nullable AwsCredentials credentials() {
      String id = of(ACCESS_KEY_ID, "AWS_ACCESS_KEY_ID");
      String secret = variable(name(SECRET_ACCESS_KEY_VAR, "AWS_SECRET_ACCESS_KEY"));
      if (id == null || secret == null) {
        return null;
      }
      // A token belongs to one key: the usual variable's would spoil a key from elsewhere.
      String usual = table.has(SECRET_ACCESS_KEY_VAR) ? null : "AWS_SESSION_TOKEN";
      String token = variable(name(SESSION_TOKEN_VAR, usual));
      return new AwsCredentials(id, Secret.of(secret), token == null ? null : Secret.of(token));
    }

    private @Nullable String name(String field, @Nullable String usual) {
      String name = table.stringOrNull(field);
      return name == null ? usual : name;
    }
  }
}
