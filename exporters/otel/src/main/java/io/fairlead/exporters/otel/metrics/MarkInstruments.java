package io.fairlead.exporters.otel.metrics;

import io.fairlead.exporters.otel.metrics.Descriptor.Form;
import io.fairlead.spi.SourceState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The instruments metric marks have named so far: the first mark settles what a name means, also
 * for later runs. Not thread-safe.
 */
final class MarkInstruments {

  private static final String PREFIX = "instrument\u001f";
  private static final String SEPARATOR = "\u001f";
  private static final String OWN = "fairlead_";
  private static final Set<String> OWN_NAMES =
      Instrument.ALL.stream()
          .map(instrument -> scraped(instrument.name()))
          .collect(Collectors.toUnmodifiableSet());

  private final int limit;
  private final Map<String, Known> byKey = new LinkedHashMap<>();
  private final Map<String, byte @Nullable []> changes = new HashMap<>();

  private record Known(Descriptor descriptor, Instrument instrument) {}

  /**
   * @param limit most instruments
   */
  MarkInstruments(int limit) {
    this.limit = limit;
  }

  void restore(SourceState state) {
    state.forEach(
        PREFIX,
        (key, value) -> {
          Descriptor descriptor = decode(new String(value, StandardCharsets.UTF_8));
          if (descriptor != null) {
            byKey.put(descriptor.key(), new Known(descriptor, descriptor.instrument()));
          }
        });
  }

  Collection<Instrument> all() {
    return byKey.values().stream().map(Known::instrument).toList();
  }

  /** The values to save since the last call. */
  Map<String, byte @Nullable []> changes() {
    Map<String, byte @Nullable []> values = new HashMap<>(changes);
    changes.clear();
    return values;
  }

  /** Why these measurements contradict what is known, or null. */
  @Nullable String conflict(List<Measurement> measurements) {
    for (Measurement measurement : measurements) {
      Descriptor descriptor = measurement.descriptor();
      Known known = byKey.get(descriptor.key());
      if (known != null && !known.descriptor().hasIdentityOf(descriptor)) {
        return "'" + descriptor.name() + "' was a metric of another kind, type or unit before";
      }
      if (isOwn(scraped(descriptor.name()))) {
        return "'" + descriptor.name() + "' is the name of a metric that is measured here";
      }
    }
    return null;
  }

  /** Also what a scrape makes of our names, such as {@code _count}. */
  private static boolean isOwn(String scraped) {
    return scraped.startsWith(OWN)
        || OWN_NAMES.stream().anyMatch(own -> scraped.equals(own) || scraped.startsWith(own + "_"));
  }

  /** Whether there is room for what is new among these measurements. */
  boolean hasRoom(List<Measurement> measurements) {
    long added =
        measurements.stream()
            .map(measurement -> measurement.descriptor().key())
            .distinct()
            .filter(key -> !byKey.containsKey(key))
            .count();
    return byKey.size() + added <= limit;
  }

  /** The instrument of a measurement; new ones are added. */
  Instrument of(Descriptor descriptor) {
    return byKey
        .computeIfAbsent(
            descriptor.key(),
            key -> {
              changes.put(PREFIX + key, encode(descriptor).getBytes(StandardCharsets.UTF_8));
              return new Known(descriptor, descriptor.instrument());
            })
        .instrument();
  }

  /** As a scrape would name it, whatever the case. */
  private static String scraped(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
  }

  private static String encode(Descriptor descriptor) {
    List<Double> boundaries = descriptor.boundaries();
    return String.join(
        SEPARATOR,
        descriptor.name(),
        descriptor.form().name(),
        optional(descriptor.unit()),
        optional(descriptor.description()),
        optional(
            boundaries == null
                ? null
                : boundaries.stream().map(String::valueOf).collect(Collectors.joining(" "))));
  }

  /** What cannot be read any more is left alone. */
  private static @Nullable Descriptor decode(String text) {
    List<String> fields = Arrays.asList(text.split(SEPARATOR, -1));
    try {
      return new Descriptor(
          fields.get(0),
          Form.valueOf(fields.get(1)),
          optionalOf(fields.get(2)),
          optionalOf(fields.get(3)),
          boundaries(optionalOf(fields.get(4))));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static @Nullable List<Double> boundaries(@Nullable String text) {
    if (text == null) {
      return null;
    }
    List<Double> values = new ArrayList<>();
    for (String bound : text.isEmpty() ? new String[0] : text.split(" ", -1)) {
      values.add(Double.parseDouble(bound));
    }
    return values;
  }

  private static String optional(@Nullable String value) {
    return value == null ? "-" : "+" + value;
  }

  private static @Nullable String optionalOf(String field) {
    return field.startsWith("+") ? field.substring(1) : null;
  }
}
