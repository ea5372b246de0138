package io.fairlead.exporters.otel.delivery;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTracePartialSuccess;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the body of a successful answer. The answers for all signals have the same wire form, so
 * one parser serves both.
 */
final class PartialSuccess {

  private static final JsonFactory JSON = JsonFactory.builder().build();

  private PartialSuccess() {}

  /** What a protobuf body says, or null when it is none. */
  static Answer.@Nullable Accepted ofProtobuf(byte[] body) {
    try {
      ExportTracePartialSuccess partial =
          ExportTraceServiceResponse.parseFrom(body).getPartialSuccess();
      return accepted(partial.getRejectedSpans(), partial.getErrorMessage());
    } catch (InvalidProtocolBufferException e) {
      return null;
    }
  }

  /** What a JSON body says, or null when it is none. Some servers answer in JSON whatever came. */
  static Answer.@Nullable Accepted ofJson(byte[] body) {
    long rejected = 0;
    String message = "";
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token.isScalarValue() && parser.currentName() != null) {
          switch (parser.currentName()) {
            case "rejectedSpans", "rejectedDataPoints", "rejectedLogRecords" ->
                rejected = parser.getValueAsLong();
            case "errorMessage" -> message = parser.getString();
            default -> {}
          }
        }
      }
      return accepted(rejected, message);
    } catch (JacksonException e) {
      return null;
    }
  }

  private static Answer.Accepted accepted(long rejected, String message) {
    return new Answer.Accepted(Math.max(0, rejected), message.isEmpty() ? null : message);
  }
}
