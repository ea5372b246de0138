package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.diagnostic.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code [policy]} tables: first what they say, then what is wrong with them. */
public final class PolicyTable {

  /** The key of the table, at the root and in components. */
  public static final String KEY = "policy";

  private static final String UNKNOWN_COMPONENT = "unknown_component";
  private static final String UNKNOWN_FIELD = "unknown_field";
  private static final String UNSUPPORTED_VALUE = "unsupported_value";

  private static final List<String> KEYS =
      List.of(UNKNOWN_COMPONENT, UNKNOWN_FIELD, UNSUPPORTED_VALUE);
  private static final List<String> WORDS = List.of("ignore", "warn", "error");

  private static final String[] CHOICE = WORDS.toArray(String[]::new);

  /** The table's keys. */
  public static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.string(UNKNOWN_COMPONENT, "For kinds nobody stands behind.")
              .withDefault("warn")
              .withAllowed(CHOICE),
          FieldSpec.string(UNKNOWN_FIELD, "For keys nobody declared.")
              .withDefault("warn")
              .withAllowed(CHOICE),
          FieldSpec.string(UNSUPPORTED_VALUE, "For values and versions nobody supports.")
              .withDefault("error")
              .withAllowed(CHOICE));

  private PolicyTable() {}

  /** The policy of the table that owns the key; what is faulty counts as absent. */
  public static Policy read(ConfigNode.Table owner) {
    if (!(owner.get(KEY) instanceof ConfigNode.Table table)) {
      return Policy.DEFAULT;
    }
    return new Policy(
        action(table, UNKNOWN_COMPONENT, Policy.DEFAULT.unknownComponent()),
        action(table, UNKNOWN_FIELD, Policy.DEFAULT.unknownField()),
        action(table, UNSUPPORTED_VALUE, Policy.DEFAULT.unsupportedValue()));
  }

  /** What is left of the owner without its policy. */
  public static ConfigNode.Table without(ConfigNode.Table owner) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>(owner.entries());
    entries.remove(KEY);
    return new ConfigNode.Table(entries, owner.position());
  }

  /** Reports keys of the table that are none, under {@code policy} or a path below it. */
  public static void unknownKeys(ConfigNode.Table owner, Reporter reporter, String path) {
    if (owner.get(KEY) instanceof ConfigNode.Table table) {
      new SpecValidator(reporter).unknownKeys(KEYS, table, path);
    }
  }

  /** Reports values that are none, as errors of a code. */
  public static void faults(ConfigNode.Table owner, Reporter reporter, String code) {
    ConfigNode node = owner.get(KEY);
    if (node == null) {
      return;
    }
    if (!(node instanceof ConfigNode.Table table)) {
      fault(reporter, code, KEY, node, "a table", null);
      return;
    }
    for (String key : KEYS) {
      ConfigNode value = table.get(key);
      String field = FieldPath.key(KEY, key);
      if (value instanceof ConfigNode.Text text) {
        if (PolicyAction.of(text.value()) == null) {
          reporter.report(
              Level.ERROR,
              code,
              field,
              value.position(),
              "field '" + field + "' must be one of 'ignore', 'warn', 'error'",
              Nearest.hint(text.value(), WORDS));
        }
      } else if (value != null) {
        fault(reporter, code, field, value, "a string", null);
      }
    }
  }

  private static void fault(
      Reporter reporter,
      String code,
      String field,
      ConfigNode node,
      String wanted,
      @Nullable String hint) {
    reporter.report(
        Level.ERROR,
        code,
        field,
        node.position(),
        "field '" + field + "' must be " + wanted + ", not " + node.typeName(),
        hint);
  }

  private static PolicyAction action(ConfigNode.Table table, String key, PolicyAction standard) {
    PolicyAction action =
        table.get(key) instanceof ConfigNode.Text text ? PolicyAction.of(text.value()) : null;
    return action == null ? standard : action;
  }
}
