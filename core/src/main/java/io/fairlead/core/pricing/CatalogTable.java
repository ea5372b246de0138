package io.fairlead.core.pricing;

import io.fairlead.core.config.WhiteSpace;
import io.fairlead.spi.config.ConfigNode;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of a native catalog, read field by field. Whatever is wrong with a field is reported at
 * its place, and the field then reads as absent, so that one reading finds all faults.
 */
final class CatalogTable {

  private final ConfigNode.Table table;
  private final String subject;
  private final String path;
  private final Faults faults;

  /**
   * A table.
   *
   * @param subject what messages say it belongs to
   * @param path prefix of its fields in messages
   */
  CatalogTable(ConfigNode.Table table, String subject, String path, Faults faults) {
    this.table = table;
    this.subject = subject;
    this.path = path;
    this.faults = faults;
  }

  ConfigNode.Table node() {
    return table;
  }

  String subject() {
    return subject;
  }

  boolean has(String name) {
    return table.get(name) != null;
  }

  /** Reports keys that are none of these, and those required that are absent. */
  void check(Set<String> known, String... required) {
    for (Map.Entry<String, ConfigNode.Entry> entry : table.entries().entrySet()) {
      if (!known.contains(entry.getKey())) {
        ConfigNode key = new ConfigNode.Text("", entry.getValue().keyPosition());
        faults.invalid(
            key,
            subject + " has an unknown field " + path + entry.getKey(),
            "known fields: " + String.join(", ", known.stream().sorted().toList()));
      }
    }
    List<String> missing = Stream.of(required).filter(name -> !has(name)).toList();
    if (!missing.isEmpty()) {
      faults.invalid(table, subject + " has no " + path + String.join(", " + path, missing), null);
    }
  }

  /** A text that must not be blank, or null. */
  @Nullable String text(String name) {
    ConfigNode node = table.get(name);
    if (node == null) {
      return null;
    }
    String text = Nodes.text(node);
    if (text == null) {
      wrongType(name, node, "a string");
    } else if (WhiteSpace.isBlank(text)) {
      faults.invalid(node, subject + " has an empty " + path + name, null);
      return null;
    }
    return text;
  }

  /** A text that is one of some words, the first when absent. */
  String word(String name, List<String> words) {
    String text = has(name) ? text(name) : words.get(0);
    if (text != null && !words.contains(text)) {
      faults.invalid(
          table.get(name),
          subject + " has an unsupported " + path + name + " '" + text + "'",
          "one of " + String.join(", ", words));
      return words.get(0);
    }
    return text == null ? words.get(0) : text;
  }

  /** Texts; a blank one says nothing. */
  List<String> texts(String name) {
    ConfigNode node = table.get(name);
    if (node == null) {
      return List.of();
    }
    if (!(node instanceof ConfigNode.Array array)) {
      wrongType(name, node, "an array of strings");
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (ConfigNode element : array.elements()) {
      String text = Nodes.text(element);
      if (text == null) {
        wrongType(name, element, "an array of strings");
      } else {
        texts.add(text);
      }
    }
    return texts;
  }

  /** A price, or null. */
  @Nullable BigDecimal rate(String name) {
    ConfigNode node = table.get(name);
    if (node == null) {
      return null;
    }
    BigDecimal rate = Nodes.rate(node);
    if (rate == null) {
      boolean number = node instanceof ConfigNode.Decimal || node instanceof ConfigNode.Integer;
      BigDecimal shown = Nodes.number(node);
      String value = shown == null ? node.typeName() : shown.stripTrailingZeros().toPlainString();
      faults.invalid(
          node,
          subject + " has invalid " + path + name + ": " + value,
          number ? "a price is at least 0" : "a price is a number per million tokens");
    }
    return rate;
  }

  /** A whole number, or null. */
  @Nullable Long count(String name) {
    ConfigNode node = table.get(name);
    Long count = node instanceof ConfigNode.Integer ? Nodes.count(node) : null;
    if (node != null && count == null) {
      wrongType(name, node, "a whole number of at least 0");
    }
    return count;
  }

  /** A day, or null. */
  @Nullable LocalDate date(String name) {
    ConfigNode node = table.get(name);
    String text = node instanceof ConfigNode.DateTime time ? time.text() : Nodes.text(node);
    if (node == null) {
      return null;
    }
    try {
      return LocalDate.parse(text == null ? "" : text);
    } catch (DateTimeParseException e) {
      wrongType(name, node, "a day such as \"2026-11-21\"");
      return null;
    }
  }

  /** A nested table, or null. */
  @Nullable CatalogTable table(String name) {
    ConfigNode node = table.get(name);
    if (node == null) {
      return null;
    }
    if (node instanceof ConfigNode.Table nested) {
      return new CatalogTable(nested, subject, path + name + ".", faults);
    }
    wrongType(name, node, "a table");
    return null;
  }

  /** The tables of an array. */
  List<CatalogTable> tables(String name) {
    ConfigNode node = table.get(name);
    if (node != null && !(node instanceof ConfigNode.Array)) {
      wrongType(name, node, "an array of tables");
    }
    List<CatalogTable> tables = new ArrayList<>();
    List<ConfigNode> elements = Nodes.elements(node);
    for (int i = 0; i < elements.size(); i++) {
      String here = path + name + "[" + i + "]";
      if (elements.get(i) instanceof ConfigNode.Table nested) {
        tables.add(new CatalogTable(nested, subject, here + ".", faults));
      } else {
        wrongType(name, elements.get(i), "an array of tables");
      }
    }
    return tables;
  }

  private void wrongType(String name, ConfigNode node, String wanted) {
    faults.invalid(
        node, subject + " has invalid " + path + name + ": " + node.typeName(), "it is " + wanted);
  }
}
