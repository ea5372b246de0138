package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One change that turns a configuration of one generation into the next. Steps are data: they know
 * keys, never values; what they move keeps its place in the document.
 */
sealed interface Step {

  /** The section it changes. */
  String section();

  /**
   * The configuration after the step.
   *
   * @param environment for defaults that depend on it
   */
  ConfigNode.Table apply(ConfigNode.Table config, Function<String, @Nullable String> environment);

  /** A step inside one section; does nothing when there is no such section. */
  sealed interface InSection extends Step {

    /** The section after the step. */
    ConfigNode.Table change(ConfigNode.Table table, Function<String, @Nullable String> environment);

    @Override
    default ConfigNode.Table apply(
        ConfigNode.Table config, Function<String, @Nullable String> environment) {
      ConfigNode.Table table = Tables.table(config, section());
      return table == null ? config : Tables.with(config, section(), change(table, environment));
    }
  }

  /** Gives a key the value it had by default in the older generation. */
  record Default(String section, String key, String value) implements InSection {
    @Override
    public ConfigNode.Table change(
        ConfigNode.Table table, Function<String, @Nullable String> environment) {
      return table.get(key) != null
          ? table
          : Tables.with(table, key, new ConfigNode.Text(value, table.position()));
    }
  }

  /** Gives an OTLP endpoint the address its SDK would have used. */
  record DefaultAddress(String section, String key) implements InSection {
    @Override
    public ConfigNode.Table change(
        ConfigNode.Table table, Function<String, @Nullable String> environment) {
      if (table.get(key) != null) {
        return table;
      }
      boolean grpc =
          table.get("transport") instanceof ConfigNode.Text text && text.value().equals("grpc");
      String address = SdkDefaults.tracesAddress(grpc, environment);
      return Tables.with(table, key, new ConfigNode.Text(address, table.position()));
    }
  }

  /** Renames a key, unless the new name is taken. */
  record Rename(String section, String from, String to) implements InSection {
    @Override
    public ConfigNode.Table change(
        ConfigNode.Table table, Function<String, @Nullable String> environment) {
      ConfigNode value = table.get(from);
      return value == null || table.get(to) != null
          ? table
          : Tables.without(Tables.with(table, to, value), from);
    }
  }

  /** Moves keys into a new table at the end of a list, together with a fixed type. */
  record Wrap(String section, List<String> keys, String list, String type) implements InSection {
    @Override
    public ConfigNode.Table change(
        ConfigNode.Table table, Function<String, @Nullable String> environment) {
      Map<String, ConfigNode.Entry> moved = new LinkedHashMap<>();
      ConfigNode kind = new ConfigNode.Text(type, table.position());
      moved.put("type", new ConfigNode.Entry(table.position(), kind));
      ConfigNode.Table rest = table;
      for (String key : keys) {
        ConfigNode.Entry entry = table.entries().get(key);
        if (entry != null) {
          moved.put(key, entry);
          rest = Tables.without(rest, key);
        }
      }
      return Tables.append(rest, list, List.of(new ConfigNode.Table(moved, table.position())));
    }
  }

  /** Moves the tables of one list to the end of another, giving each a fixed type. */
  record MoveElements(String section, String from, String to, String type) implements InSection {
    @Override
    public ConfigNode.Table change(
        ConfigNode.Table table, Function<String, @Nullable String> environment) {
      List<ConfigNode> moved = new ArrayList<>();
      for (ConfigNode element : Tables.elements(table, from)) {
        moved.add(
            element instanceof ConfigNode.Table inner
                ? Tables.with(inner, "type", new ConfigNode.Text(type, inner.position()))
                : element);
      }
      return moved.isEmpty()
          ? Tables.without(table, from)
          : Tables.append(Tables.without(table, from), to, moved);
    }
  }

  /** Joins a section's list to another section's; only enabled sections contribute. */
  record Join(String from, String into, String list) implements Step {
    @Override
    public String section() {
      return from;
    }

    @Override
    public ConfigNode.Table apply(
        ConfigNode.Table config, Function<String, @Nullable String> environment) {
      ConfigNode.Table source = Tables.table(config, from);
      ConfigNode.Table target = Tables.table(config, into);
      ConfigNode.Table rest = Tables.without(config, from);
      if (source == null || !Tables.enabled(source)) {
        return rest;
      }
      return target == null || !Tables.enabled(target)
          ? Tables.with(rest, into, source)
          : Tables.with(rest, into, Tables.append(target, list, Tables.elements(source, list)));
    }
  }
}
