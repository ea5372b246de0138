package io.fairlead.exporters.otel.metrics;

import static io.fairlead.exporters.otel.metrics.MeasurementReader.as;
import static io.fairlead.exporters.otel.metrics.MeasurementReader.finite;
import static io.fairlead.exporters.otel.metrics.MeasurementReader.require;
import static io.fairlead.exporters.otel.metrics.MeasurementReader.whole;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels of a measurement: texts, truth values, numbers and lists of one of these. */
final class MeasuredAttributes {

  private static final String TOO_LARGE = "attributes hold an integer beyond 64 bits";
  private static final String MIXED = "attributes hold a list of several types";
  private static final int MAX_TEXT = 1_000;

  private MeasuredAttributes() {}

  static Attributes read(@Nullable Object json) throws InvalidMarkException {
    if (json == null) {
      return Attributes.empty();
    }
    JsonTree.Members members = as(JsonTree.Members.class, json, "attributes is no object");
    AttributesBuilder attributes = Attributes.builder();
    for (Map.Entry<String, @Nullable Object> entry : members.entrySet()) {
      require(!entry.getKey().isBlank(), "attributes hold a blank key");
      put(attributes, clean(entry.getKey()), entry.getValue());
    }
    return attributes.build();
  }

  private static void put(AttributesBuilder to, String name, @Nullable Object value)
      throws InvalidMarkException {
    if (value instanceof String text) {
      to.put(AttributeKey.stringKey(name), clean(text));
    } else if (value instanceof Boolean bool) {
      to.put(AttributeKey.booleanKey(name), bool);
    } else if (value instanceof NumberText number && number.integral()) {
      to.put(AttributeKey.longKey(name), whole(number, TOO_LARGE));
    } else if (value instanceof NumberText number) {
      to.put(AttributeKey.doubleKey(name), finite(number, "attributes hold an infinite number"));
    } else if (value instanceof List<?> elements && !elements.isEmpty()) {
      list(to, name, elements);
    } else {
      throw new InvalidMarkException(
          "attributes hold a value that is no text, number, truth value or list of these");
    }
  }

  private static void list(AttributesBuilder to, String name, List<?> elements)
      throws InvalidMarkException {
    Object first = elements.get(0);
    if (first instanceof String) {
      to.put(AttributeKey.stringArrayKey(name), texts(elements));
    } else if (first instanceof Boolean) {
      to.put(AttributeKey.booleanArrayKey(name), all(elements, Boolean.class));
    } else if (first instanceof NumberText number) {
      List<NumberText> numbers = all(elements, NumberText.class);
      for (NumberText other : numbers) {
        require(other.integral() == number.integral(), MIXED);
      }
      if (number.integral()) {
        List<Long> values = new ArrayList<>();
        for (NumberText one : numbers) {
          values.add(whole(one, TOO_LARGE));
        }
        to.put(AttributeKey.longArrayKey(name), values);
      } else {
        List<Double> values = new ArrayList<>();
        for (NumberText one : numbers) {
          values.add(finite(one, "attributes hold an infinite number"));
        }
        to.put(AttributeKey.doubleArrayKey(name), values);
      }
    } else {
      throw new InvalidMarkException("attributes hold a list of what is no text, number or truth");
    }
  }

  private static List<String> texts(List<?> elements) throws InvalidMarkException {
    return all(elements, String.class).stream().map(MeasuredAttributes::clean).toList();
  }

  private static <T> List<T> all(List<?> elements, Class<T> type) throws InvalidMarkException {
    List<T> values = new ArrayList<>(elements.size());
    for (Object element : elements) {
      values.add(as(type, element, MIXED));
    }
    return values;
  }

  private static String clean(String text) {
    return SeriesCodec.clean(cut(text));
  }

  /** A longer one would be content, not a label. */
  static String cut(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
  }
}
