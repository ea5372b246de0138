package io.fairlead.exporters.otel.delivery;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.fairlead.exporters.otel.http.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The pauses gRPC servers ask for. A pause that makes no sense reads as none. */
final class RetryInfo {

  private static final String RETRY_INFO = "type.googleapis.com/google.rpc.RetryInfo";
  private static final int STATUS_DETAILS = 3;
  private static final int ANY_TYPE = 1;
  private static final int ANY_VALUE = 2;
  private static final int RETRY_DELAY = 1;
  private static final int SECONDS = 1;
  private static final int NANOS = 2;

  private RetryInfo() {}

  /** Of gRPC's {@code grpc-status-details-bin}: a google.rpc.Status that holds a RetryInfo. */
  static @Nullable Duration ofStatusDetails(@Nullable String base64) {
    if (base64 == null) {
      return null;
    }
    try {
      CodedInputStream status = CodedInputStream.newInstance(Base64.getDecoder().decode(base64));
      for (int tag = status.readTag(); tag != 0; tag = status.readTag()) {
        if (WireFormat.getTagFieldNumber(tag) == STATUS_DETAILS) {
          Duration delay = ofAny(status.readByteArray());
          if (delay != null) {
            return delay;
          }
        } else {
          status.skipField(tag);
        }
      }
    } catch (IOException | IllegalArgumentException | ArithmeticException e) {
      return null;
    }
    return null;
  }

  private static @Nullable Duration ofAny(byte[] any) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(any);
    String type = "";
    byte[] value = {};
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case ANY_TYPE -> type = in.readStringRequireUtf8();
        case ANY_VALUE -> value = in.readByteArray();
        default -> in.skipField(tag);
      }
    }
    return type.equals(RETRY_INFO) ? ofRetryInfo(value) : null;
  }

  private static @Nullable Duration ofRetryInfo(byte[] info) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(info);
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == RETRY_DELAY) {
        return ofDuration(in.readByteArray());
      }
      in.skipField(tag);
    }
    return null;
  }

  private static Duration ofDuration(byte[] duration) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(duration);
    long seconds = 0;
    int nanos = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (WireFormat.getTagFieldNumber(tag)) {
        case SECONDS -> seconds = in.readInt64();
        case NANOS -> nanos = in.readInt32();
        default -> in.skipField(tag);
      }
    }
    return RetryAfter.bounded(Duration.ofSeconds(seconds, nanos));
  }
}
