package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.ScopeEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Metadata that becomes attributes of its own because its key begins with a configured prefix. What
 * a projection writes itself always wins; what cannot be an attribute is reported by its key, never
 * by its value.
 */
final class Promotion {

  /** Names that belong to the projections and conventions. */
  private static final List<String> RESERVED =
      List.of(
          "error.",
          "exception.",
          "gen_ai.",
          "input.",
          "llm.",
          "nemo_relay.",
          "openinference.",
          "output.",
          "server.",
          "service.",
          "session.",
          "tool.",
          "tool_call.",
          "user.");

  private final Set<String> prefixes;
  private final Set<String> taken;
  private final String code;
  private final DiagnosticSink remarks;

  /**
   * @param taken names that something else has already
   * @param code of findings, to which the key is added
   */
  Promotion(Set<String> prefixes, Set<String> taken, String code, DiagnosticSink remarks) {
    this.prefixes = Set.copyOf(prefixes);
    this.taken = Set.copyOf(taken);
    this.code = code;
    this.remarks = remarks;
  }

  boolean isEmpty() {
    return prefixes.isEmpty();
  }

  /** Metadata of a scope: the end's, and what only the start has. */
  void promote(AttributeSheet sheet, ScopeEnd end) {
    if (!isEmpty()) {
      Map<String, @Nullable Object> metadata =
          new TreeMap<>(JsonTree.object(end.start().header().metadata()));
      metadata.putAll(JsonTree.object(end.header().metadata()));
      metadata.keySet().removeAll(taken);
      promote(sheet, metadata);
    }
  }

  void promote(AttributeSheet sheet, @Nullable Json metadata) {
    if (!isEmpty()) {
      promote(sheet, JsonTree.object(metadata));
    }
  }

  /** Metadata without what is promoted. */
  void withdraw(Map<String, @Nullable Object> metadata) {
    if (!isEmpty()) {
      metadata
          .entrySet()
          .removeIf(
              member ->
                  matches(member.getKey())
                      && !taken.contains(member.getKey())
                      && !isReserved(member.getKey())
                      && attribute(member.getValue()) != null);
    }
  }

  boolean matches(String key) {
    return prefixes.stream().anyMatch(key::startsWith);
  }

  private void promote(AttributeSheet sheet, Map<String, @Nullable Object> metadata) {
    metadata.forEach(
        (key, value) -> {
          if (!matches(key) || sheet.has(key)) {
            return;
          }
          Object promoted = isReserved(key) ? null : attribute(value);
          if (promoted == null) {
            refuse(key);
          } else {
            sheet.put(key, promoted);
          }
        });
  }

  private void refuse(String key) {
    remarks.report(
        Diagnostic.warning(
            code + key,
            null,
            isReserved(key)
                ? "metadata '" + key + "' is not promoted: its name is reserved"
                : "metadata '" + key + "' is not promoted: its value cannot be an attribute"));
  }

  private static boolean isReserved(String key) {
    return key.equals("metadata") || RESERVED.stream().anyMatch(key::startsWith);
  }

  private static @Nullable Object attribute(@Nullable Object value) {
    if (value instanceof NumberText number) {
      return number(number);
    }
    if (value instanceof List<?> list) {
      return array(list);
    }
    return value instanceof String || value instanceof Boolean ? value : null;
  }

  private static @Nullable Object number(NumberText number) {
    Long integer = number.asLong();
    return integer != null || number.integral() ? integer : (Object) number.asDouble();
  }

  /** A list of one type; integers among other numbers become such numbers too. */
  private static @Nullable Object array(List<?> list) {
    List<Object> values = new ArrayList<>(list.size());
    boolean fraction = false;
    for (Object element : list) {
      Object value = element instanceof List ? null : attribute(element);
      if (value == null) {
        return null;
      }
      fraction |= value instanceof Double;
      values.add(value);
    }
    if (fraction && values.stream().allMatch(Number.class::isInstance)) {
      return values.stream().map(value -> ((Number) value).doubleValue()).toList();
    }
    Class<?> type = values.isEmpty() ? String.class : values.get(0).getClass();
    return values.stream().allMatch(type::isInstance) ? values : null;
  }
}
