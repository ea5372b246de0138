package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlKeyValue;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Turns the parser's tree into ours. */
final class TomlTree {

  private final TextLines lines;
  private final List<Diagnostic> diagnostics;

  TomlTree(TextLines lines, List<Diagnostic> diagnostics) {
    this.lines = lines;
    this.diagnostics = diagnostics;
  }

  ConfigNode.Table convert(TomlTable root) {
    return table(root, null, 0);
  }

  private ConfigNode.Table table(TomlTable table, @Nullable SourcePosition position, int depth) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    for (String key : table.keySet()) {
      List<String> path = List.of(key);
      TomlKeyValue entry = table.entry(path);
      Object value = table.get(path);
      if (entry == null || value == null) {
        continue;
      }
      ConfigNode node = node(value, entry.value().position(), depth + 1);
      if (node != null) {
        entries.put(key, new ConfigNode.Entry(lines.position(entry.position()), node));
      }
    }
    return new ConfigNode.Table(entries, position);
  }

  private @Nullable ConfigNode node(Object value, TomlPosition place, int depth) {
    SourcePosition position = lines.position(place);
    if (depth > TomlReader.MAX_DEPTH) {
      diagnostics.add(TomlReader.invalid("the document is nested too deeply", position));
      return null;
    }
    if (value instanceof TomlTable table) {
      return table(table, position, depth);
    }
    if (value instanceof TomlArray array) {
      return array(array, position, depth);
    }
    if (value instanceof String text) {
      return new ConfigNode.Text(text, position);
    }
    if (value instanceof Long number) {
      return new ConfigNode.Integer(number, position);
    }
    if (value instanceof Boolean bool) {
      return new ConfigNode.Bool(bool, position);
    }
    if (value instanceof Double) {
      return decimal(lines.scalarAt(place), position);
    }
    return new ConfigNode.DateTime(lines.scalarAt(place), position);
  }

  private ConfigNode array(TomlArray array, @Nullable SourcePosition position, int depth) {
    List<ConfigNode> elements = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      ConfigNode element = node(array.get(i), array.inputPositionOf(i), depth + 1);
      if (element != null) {
        elements.add(element);
      }
    }
    return new ConfigNode.Array(elements, position);
  }

  /** From the text, because the parser has already rounded to binary. */
  private @Nullable ConfigNode decimal(String written, @Nullable SourcePosition position) {
    try {
      return new ConfigNode.Decimal(new BigDecimal(written.replace("_", "")), position);
    } catch (NumberFormatException e) {
      diagnostics.add(TomlReader.invalid("infinity and not-a-number are not supported", position));
      return null;
    }
  }
}
