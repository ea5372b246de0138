package io.fairlead.exporters.files.s3;

/** A setting of a bucket that cannot be used. */
public final class S3Fault extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  private final String field;

  S3Fault(String field, String message) {
    super(message);
    this.field = field;
  }

  /** The field at fault, or that a variable at fault stands in for. */
  public String field() {
    return field;
  }
}
