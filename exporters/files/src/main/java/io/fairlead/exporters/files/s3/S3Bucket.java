package io.fairlead.exporters.files.s3;

import io.fairlead.exporters.files.http.Answer;
import io.fairlead.exporters.files.http.HttpSender;
import io.fairlead.exporters.files.http.Remote;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;

/** A bucket that objects are put into. Used by one thread at a time. */
public final class S3Bucket implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** S3 answers 400 also for what a new token, another region or time can mend. */
  private static final Set<Integer> REFUSALS = Set.of(413);

  private static final MediaType JSON = MediaType.get("application/json");

  private final HttpUrl root;
  private final String prefix;
  private final AwsSignature signature;
  private final InstantSource clock;
  private final HttpSender sender;

  /**
   * A bucket that is connected to on first use.
   *
   * @param credentials those of the settings
   */
  public S3Bucket(S3Settings settings, AwsCredentials credentials, InstantSource clock) {
    this.root = settings.url();
    this.prefix = settings.keyPrefix();
    this.signature = new AwsSignature(credentials, settings.region());
    this.clock = clock;
    this.sender = new HttpSender(new Remote(root.toString(), Map.of(), TIMEOUT, clock), REFUSALS);
  }

  /**
   * Puts a JSON document and waits for the answer.
   *
   * @param name its key behind the prefix
   */
  public Answer put(String name, byte[] document) throws InterruptedException {
    HttpUrl url =
        root.newBuilder().addEncodedPathSegments(ObjectKeys.urlPath(prefix + name)).build();
    SortedMap<String, String> signed = new TreeMap<>();
    signed.put("host", host(url));
    Request.Builder request = sender.request().url(url);
    signature
        .headers("PUT", url.encodedPath(), signed, document, clock.instant())
        .forEach(request::header);
    return sender.send(request.put(RequestBody.create(document, JSON)).build());
  }

  private static String host(HttpUrl url) {
    String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
    boolean usual = url.port() == HttpUrl.defaultPort(url.scheme());
    return usual ? host : host + ":" + url.port();
  }

  @Override
  public void close() {
    sender.close();
  }
}
