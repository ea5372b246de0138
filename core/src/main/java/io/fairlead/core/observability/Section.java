package io.fairlead.core.observability;

import io.fairlead.core.config.FieldPath;
import io.fairlead.core.config.Nearest;
import io.fairlead.core.config.Reporter;
import io.fairlead.core.config.Variables;
import io.fairlead.core.config.WhiteSpace;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table under check: a section or a table inside one. Values of the wrong type read as absent;
 * their fault has been reported by the spec's check.
 *
 * @param table the table
 * @param path where it is inside the section, for the fields of findings
 * @param reporter takes the findings
 * @param environment the environment variables
 */
record Section(
    ConfigNode.Table table,
    String path,
    Reporter reporter,
    Function<String, @Nullable String> environment) {

  /** The path of a key. */
  String field(String key) {
    return FieldPath.key(path, key);
  }

  /** Where a key's value stands, else the table. */
  @Nullable SourcePosition place(String key) {
    ConfigNode node = table.get(key);
    return node == null ? table.position() : node.position();
  }

  /** Whether the table has the key. */
  boolean has(String key) {
    return table.get(key) != null;
  }

  /** A text that is known already, or null. */
  @Nullable String text(String key) {
    return Variables.known(table.get(key));
  }

  /** A whole number, or null. */
  @Nullable Long number(String key) {
    return table.get(key) instanceof ConfigNode.Integer number ? number.value() : null;
  }

  /** A whole number, or the default. */
  long number(String key, long defaultValue) {
    Long number = number(key);
    return number == null ? defaultValue : number;
  }

  /** Whether the table says {@code enabled = true}. */
  boolean enabled() {
    return table.get("enabled") instanceof ConfigNode.Bool bool && bool.value();
  }

  /** A nested table, or null. */
  @Nullable Section inner(String key) {
    return table.get(key) instanceof ConfigNode.Table inner
        ? new Section(inner, field(key), reporter, environment)
        : null;
  }

  /** The tables of an array. */
  List<Section> elements(String key) {
    List<Section> sections = new ArrayList<>();
    if (table.get(key) instanceof ConfigNode.Array array) {
      for (int i = 0; i < array.elements().size(); i++) {
        if (array.elements().get(i) instanceof ConfigNode.Table element) {
          String here = FieldPath.element(field(key), i);
          sections.add(new Section(element, here, reporter, environment));
        }
      }
    }
    return sections;
  }

  /** The texts of an array. */
  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    if (table.get(key) instanceof ConfigNode.Array array) {
      for (ConfigNode element : array.elements()) {
        String text = Variables.known(element);
        if (text != null) {
          texts.add(text);
        }
      }
    }
    return texts;
  }

  /** The entries of a nested table with free keys. */
  Map<String, ConfigNode.Entry> entries(String key) {
    return table.get(key) instanceof ConfigNode.Table inner ? inner.entries() : Map.of();
  }

  /** The same table whose findings name something else. */
  Section about(String component, String newPath) {
    return new Section(table, newPath, reporter.about(component), environment);
  }

  /** Reports a value the policy may soften. */
  void unsupported(String key, String message) {
    reporter.unsupportedValue(field(key), place(key), message, null);
  }

  /** Reports a text, when it is known, that is none of some words. */
  void oneOf(String key, List<String> words, String message) {
    String text = text(key);
    if (text != null && !words.contains(text)) {
      reporter.unsupportedValue(field(key), place(key), message, Nearest.hint(text, words));
    }
  }

  /** The same for words that may be padded and in any case. */
  void oneOfInAnyCase(String key, List<String> words, String message) {
    String text = text(key);
    if (text != null && !words.contains(WhiteSpace.trim(text).toLowerCase(Locale.ROOT))) {
      reporter.unsupportedValue(field(key), place(key), message, Nearest.hint(text, words));
    }
  }

  /** The same for words whose violation no policy softens. */
  void oneOfStrictly(String key, List<String> words, String message) {
    String text = text(key);
    if (text != null && !words.contains(text)) {
      reporter.invalid(field(key), place(key), message, Nearest.hint(text, words));
    }
  }

  /** Reports a key that is not there. */
  void required(String key) {
    if (!has(key)) {
      reporter.invalid(field(key), table.position(), "field '" + key + "' is required", null);
    }
  }

  /** Reports a text that says nothing. */
  void notBlank(String key, String message) {
    String text = text(key);
    if (text != null && WhiteSpace.isBlank(text)) {
      unsupported(key, message);
    }
  }
}
