package io.fairlead.core.validation;

import io.fairlead.core.config.PlainValues;
import io.fairlead.spi.config.ConfigNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers how runtime adapters are configured, to find two that read the same. */
final class SourceConfigs {

  /** A configuration by its values alone. */
  private record Source(String kind, Object values) {}

  private final Map<Source, String> names = new HashMap<>();

  /** The component of the kind that has the same values already, or null: then it is this one. */
  @Nullable String first(String kind, ConfigNode.Table config, String name) {
    return names.putIfAbsent(new Source(kind, PlainValues.of(config)), name);
  }
}
