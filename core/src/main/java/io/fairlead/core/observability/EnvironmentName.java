package io.fairlead.core.observability;

import io.fairlead.core.config.WhiteSpace;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks fields that name an environment variable. */
final class EnvironmentName {

  private EnvironmentName() {}

  /** What is wrong with a name or with the variable behind it, or null. Never the value. */
  static @Nullable String fault(String name, Function<String, @Nullable String> environment) {
    if (WhiteSpace.isBlank(name)) {
      return "must name a non-empty environment variable";
    }
    if (WhiteSpace.isPadded(name)) {
      return "must not have surrounding whitespace";
    }
    String value = environment.apply(name);
    if (value == null) {
      return "references the environment variable '" + name + "', which is not set";
    }
    return WhiteSpace.isBlank(value)
        ? "references the environment variable '" + name + "', which is blank"
        : null;
  }
}
