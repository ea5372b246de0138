package io.fairlead.exporters.otel.metrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Series as keys and values of a subscriber's durable state. */
final class SeriesCodec {

  /** All keys begin with it. */
  static final String PREFIX = "series\u001f";

  private static final String SEPARATOR = "\u001f";

  private SeriesCodec() {}

  static String key(Instrument instrument, Attributes attributes) {
    StringBuilder key = new StringBuilder(PREFIX).append(instrument.name());
    attributes.forEach(
        (name, value) ->
            key.append(SEPARATOR).append(name.getKey()).append(SEPARATOR).append(value));
    return key.toString();
  }

  static byte[] value(Series series) {
    return series.encode().getBytes(StandardCharsets.UTF_8);
  }

  /** The name of the instrument in a key. */
  static String instrument(String key) {
    return parts(key).get(0);
  }

  static Attributes attributes(String key) {
    List<String> parts = parts(key);
    AttributesBuilder attributes = Attributes.builder();
    for (int i = 1; i + 1 < parts.size(); i += 2) {
      attributes.put(AttributeKey.stringKey(parts.get(i)), parts.get(i + 1));
    }
    return attributes.build();
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
    return label.indexOf('\u001f') < 0 ? label : label.replace('\u001f', ' ');
  }

  private static List<String> parts(String key) {
    return Arrays.asList(key.substring(PREFIX.length()).split(SEPARATOR, -1));
  }
}
