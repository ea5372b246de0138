package io.fairlead.exporters.otel.logs;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * JSON as OTLP's structured values. What lies deeper than protobuf readers follow becomes JSON
 * text: they would refuse the whole request.
 */
final class JsonValues {

  /** An object takes three of the hundred levels that protobuf readers follow by default. */
  private static final int MAX_DEPTH = 28;

  private JsonValues() {}

  /** A parsed value. OTLP has no null inside a value, so it becomes the text {@code null}. */
  static Value<?> of(@Nullable Object json) {
    return of(json, 0);
  }

  private static Value<?> of(@Nullable Object json, int depth) {
    if (depth >= MAX_DEPTH && (json instanceof JsonTree.Members || json instanceof List<?>)) {
      return Value.of(JsonTree.write(json));
    }
    if (json instanceof JsonTree.Members members) {
      List<KeyValue> pairs = new ArrayList<>(members.size());
      members.forEach((name, member) -> pairs.add(KeyValue.of(name, of(member, depth + 1))));
      return Value.of(pairs.toArray(new KeyValue[0]));
    }
    if (json instanceof List<?> elements) {
      List<Value<?>> values = new ArrayList<>(elements.size());
      elements.forEach(element -> values.add(of(element, depth + 1)));
      return Value.of(values);
    }
    if (json instanceof NumberText number) {
      return number(number);
    }
    if (json instanceof Boolean bool) {
      return Value.of(bool.booleanValue());
    }
    return Value.of(json instanceof String text ? text : "null");
  }

  /** A whole number too large for OTLP keeps its digits as text. */
  private static Value<?> number(NumberText number) {
    Long whole = number.asLong();
    if (whole != null) {
      return Value.of(whole.longValue());
    }
    return number.integral() ? Value.of(number.text()) : Value.of(number.asDouble());
  }
}
