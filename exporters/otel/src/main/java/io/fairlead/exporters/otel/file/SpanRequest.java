package io.fairlead.exporters.otel.file;

import io.opentelemetry.exporter.internal.otlp.traces.TraceRequestMarshaler;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;

/**
 * Spans as one export request.
 *
 * @param spans at least one
 */
record SpanRequest(List<SpanData> spans) {

  byte[] protobuf() {
    TraceRequestMarshaler message = TraceRequestMarshaler.create(spans);
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.getBinarySerializedSize());
    try {
      message.writeBinaryTo(out);
    } catch (IOException e) {
      throw new IllegalStateException("memory is not written to", e);
    }
    return out.toByteArray();
  }

  String json() {
    return SpanJson.write(spans);
  }
}
