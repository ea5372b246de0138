package io.fairlead.exporters.files.atif;

import io.fairlead.exporters.files.http.Answer;
import io.fairlead.exporters.files.s3.S3Bucket;
import java.util.UUID;

/** A bucket that trajectories are put into. */
final class S3Storage implements Destination {

  private final String field;
  private final S3Bucket bucket;

  S3Storage(String field, S3Bucket bucket) {
    this.field = field;
    this.bucket = bucket;
  }

  @Override
  public Answer write(UUID id, String name, byte[] document) throws InterruptedException {
    return bucket.put(name, document);
  }

  @Override
  public String field() {
    return field;
  }

  @Override
  public String failure() {
    return "atif.remote_delivery_failed";
  }

  @Override
  public void close() {
    bucket.close();
  }
}
