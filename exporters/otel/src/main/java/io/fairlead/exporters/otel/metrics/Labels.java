package io.fairlead.exporters.otel.metrics;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import org.jspecify.annotations.Nullable;

/**
 * Labels of a series. Immutable.
 *
 * @param attributes the labels
 */
record Labels(Attributes attributes) {

  static final Labels NONE = new Labels(Attributes.empty());

  /** Longest label value; a longer one would be content, not a label. */
  private static final int MAX_VALUE = 200;

  /** With one more label; without when the value is not known. */
  Labels with(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    String text = value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE) : value;
    return new Labels(
        attributes.toBuilder().put(AttributeKey.stringKey(name), SeriesCodec.clean(text)).build());
  }
}
