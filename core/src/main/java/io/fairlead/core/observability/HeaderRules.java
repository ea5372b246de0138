package io.fairlead.core.observability;

import io.fairlead.core.config.FieldPath;
import io.fairlead.core.config.Variables;
import io.fairlead.core.config.WhiteSpace;
import io.fairlead.spi.config.ConfigNode;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks {@code headers}, {@code header_env} and {@code header_file}. Values are never shown.
 *
 * @param label what messages begin with
 * @param nameReporter component of findings about names and values, or null for the section's own:
 *     Relay reports those of logs and metrics under {@code opentelemetry}
 * @param duplicates whether names that differ only in case are faults
 */
record HeaderRules(String label, @Nullable String nameReporter, boolean duplicates)
    implements SectionRules {

  private static final List<String> MAPS = List.of("headers", "header_env", "header_file");
  private static final String TOKEN_PUNCTUATION = "!#$%&'*+-.^_`|~";

  @Override
  public void check(Section section) {
    if (duplicates) {
      for (String map : MAPS) {
        duplicates(section, map);
      }
    }
    Set<String> taken = new HashSet<>();
    for (String map : MAPS) {
      for (Map.Entry<String, ConfigNode.Entry> header : section.entries(map).entrySet()) {
        header(section, map, header.getKey(), header.getValue(), taken);
      }
      for (String name : section.entries(map).keySet()) {
        taken.add(lower(name));
      }
    }
  }

  private void duplicates(Section section, String map) {
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, ConfigNode.Entry> header : section.entries(map).entrySet()) {
      if (!seen.add(lower(header.getKey()))) {
        String message =
            " contains duplicate header \"" + header.getKey() + "\" ignoring ASCII case";
        String field = FieldPath.key(section.field(map), header.getKey());
        section
            .reporter()
            .unsupportedValue(
                field,
                header.getValue().keyPosition(),
                label + " " + section.field(map) + message,
                null);
      }
    }
  }

  private void header(
      Section section, String map, String name, ConfigNode.Entry entry, Set<String> taken) {
    String field = FieldPath.key(section.field(map), name);
    Section named = nameReporter == null ? section : section.about(nameReporter, section.path());
    if (!isToken(name)) {
      named
          .reporter()
          .unsupportedValue(
              field,
              entry.keyPosition(),
              label + " " + field + " header name \"" + name + "\" is invalid",
              null);
    }
    if (taken.contains(lower(name))) {
      section
          .reporter()
          .unsupportedValue(
              field,
              entry.keyPosition(),
              label + " " + field + " names a header that is also in another table of headers",
              null);
    }
    String value = Variables.known(entry.value());
    String fault = value == null ? null : fault(map, value, section);
    if (fault != null) {
      named
          .reporter()
          .unsupportedValue(
              field, entry.value().position(), label + " " + field + " " + fault, null);
    }
  }

  private static @Nullable String fault(String map, String value, Section section) {
    if (map.equals("headers")) {
      return isHeaderValue(value) ? null : "has a value that no header may have";
    }
    if (map.equals("header_file")) {
      return WhiteSpace.isBlank(value) ? "must name a file" : null;
    }
    return EnvironmentName.fault(value, section.environment());
  }

  /** A token of RFC 7230. */
  static boolean isToken(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && TOKEN_PUNCTUATION.indexOf(c) < 0) {
        return false;
      }
    }
    return !name.isEmpty();
  }

  private static boolean isHeaderValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\t' && (c < ' ' || c == 127)) {
        return false;
      }
    }
    return true;
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
