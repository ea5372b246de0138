package io.fairlead.exporters.otel.metrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Series as keys and values of a subscriber's durable state. */
final class SeriesCodec {

  /** All keys of our own series begin with it. */
  static final String PREFIX = "series\u001f";

  /** All keys of series of metric marks begin with it. Their labels have types. */
  static final String MEASURED = "measured\u001f";

  private static final String SEPARATOR = "\u001f";
  private static final String ELEMENT = "\u001e";
  private static final List<AttributeType> TYPES =
      List.of(
          AttributeType.STRING,
          AttributeType.BOOLEAN,
          AttributeType.LONG,
          AttributeType.DOUBLE,
          AttributeType.STRING_ARRAY,
          AttributeType.BOOLEAN_ARRAY,
          AttributeType.LONG_ARRAY,
          AttributeType.DOUBLE_ARRAY);

  private SeriesCodec() {}

  static String prefix(boolean measured) {
    return measured ? MEASURED : PREFIX;
  }

  static String key(Instrument instrument, Attributes attributes) {
    boolean typed = instrument.measured();
    StringBuilder key = new StringBuilder(prefix(typed)).append(instrument.name());
    attributes.forEach(
        (name, value) -> {
          key.append(SEPARATOR).append(name.getKey()).append(SEPARATOR);
          if (typed) {
            key.append(TYPES.indexOf(name.getType())).append(text(value));
          } else {
            key.append(value);
          }
        });
    return key.toString();
  }

  private static String text(Object value) {
    return value instanceof List<?> elements
        ? elements.stream().map(String::valueOf).collect(Collectors.joining(ELEMENT))
        : value.toString();
  }

  static byte[] value(Series series) {
    return series.encode().getBytes(StandardCharsets.UTF_8);
  }

  /** The name of the instrument in a key. */
  static String instrument(String key) {
    return parts(key).get(1);
  }

  /** The labels in a key, or null when it cannot be read any more. */
  static @Nullable Attributes attributes(String key) {
    List<String> parts = parts(key);
    boolean typed = key.startsWith(MEASURED);
    AttributesBuilder attributes = Attributes.builder();
    try {
      for (int i = 2; i + 1 < parts.size(); i += 2) {
        if (typed) {
          put(attributes, parts.get(i), parts.get(i + 1));
        } else {
          attributes.put(AttributeKey.stringKey(parts.get(i)), parts.get(i + 1));
        }
      }
      return attributes.build();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static void put(AttributesBuilder to, String name, String typed) {
    String text = typed.substring(1);
    switch (TYPES.get(typed.charAt(0) - '0')) {
      case STRING -> to.put(AttributeKey.stringKey(name), text);
      case BOOLEAN -> to.put(AttributeKey.booleanKey(name), Boolean.parseBoolean(text));
      case LONG -> to.put(AttributeKey.longKey(name), Long.parseLong(text));
      case DOUBLE -> to.put(AttributeKey.doubleKey(name), Double.parseDouble(text));
      case STRING_ARRAY -> to.put(AttributeKey.stringArrayKey(name), elements(text, t -> t));
      case BOOLEAN_ARRAY ->
          to.put(AttributeKey.booleanArrayKey(name), elements(text, Boolean::parseBoolean));
      case LONG_ARRAY -> to.put(AttributeKey.longArrayKey(name), elements(text, Long::parseLong));
      default -> to.put(AttributeKey.doubleArrayKey(name), elements(text, Double::parseDouble));
    }
  }

  private static <T> List<T> elements(String text, Function<String, T> reader) {
    return Arrays.stream(text.split(ELEMENT, -1)).map(reader).toList();
  }

  /** The series of a stored entry, or null when it cannot be read any more. */
  static @Nullable Series decode(Instrument instrument, Attributes attributes, byte[] value) {
    List<String> fields = List.of(new String(value, StandardCharsets.UTF_8).split(" "));
    try {
      Series series = Series.create(instrument, attributes, Long.parseLong(fields.get(0)));
      series.restore(fields.subList(1, fields.size()));
      return series;
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  /** A label value that cannot be taken for a separator. */
  static String clean(String label) {
    return label.indexOf('\u001f') < 0 && label.indexOf('\u001e') < 0
        ? label
        : label.replace('\u001f', ' ').replace('\u001e', ' ');
  }

  private static List<String> parts(String key) {
    return Arrays.asList(key.split(SEPARATOR, -1));
  }
}
