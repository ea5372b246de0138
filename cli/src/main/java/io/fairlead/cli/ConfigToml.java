package io.fairlead.cli;

import io.fairlead.core.printout.Printed;
import io.fairlead.spi.config.ConfigNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a document as TOML, with the origin of each value in a comment. */
final class ConfigToml {

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");

  private static final Map<Character, String> ESCAPES =
      Map.of('"', "\\\"", '\\', "\\\\", '\n', "\\n", '\r', "\\r", '\t', "\\t");

  private final StringBuilder out = new StringBuilder();

  private ConfigToml() {}

  /** The text of a document. */
  static String write(Printed.Table document) {
    ConfigToml toml = new ConfigToml();
    toml.table("", document);
    return toml.out.toString();
  }

  /** First what stands on a line of its own, then what has a header. */
  private void table(String path, Printed.Table table) {
    table.entries().forEach((key, value) -> line(key, value));
    table
        .entries()
        .forEach(
            (key, value) -> {
              String inner = path.isEmpty() ? key(key) : path + "." + key(key);
              if (value instanceof Printed.Table nested) {
                header("[" + inner + "]");
                table(inner, nested);
              } else if (value instanceof Printed.Items items && isTables(items)) {
                for (Printed element : items.elements()) {
                  header("[[" + inner + "]]");
                  table(inner, (Printed.Table) element);
                }
              }
            });
  }

  private void header(String header) {
    out.append(out.length() == 0 ? "" : "\n").append(header).append('\n');
  }

  private void line(String key, Printed value) {
    if (value instanceof Printed.Value single) {
      out.append(key(key)).append(" = ").append(scalar(single.value()));
      origin(single.origin());
    } else if (value instanceof Printed.Items items && !isTables(items)) {
      items(key, items);
    }
  }

  private void items(String key, Printed.Items items) {
    out.append(key(key)).append(" = [");
    if (items.elements().isEmpty()) {
      out.append("]\n");
      return;
    }
    out.append('\n');
    for (Printed element : items.elements()) {
      out.append("  ").append(inline(element)).append(',');
      origin(element instanceof Printed.Value value ? value.origin() : "");
    }
    out.append("]\n");
  }

  private void origin(String origin) {
    out.append(origin.isEmpty() ? "" : "  # " + printable(origin)).append('\n');
  }

  private static boolean isTables(Printed.Items items) {
    List<Printed> elements = items.elements();
    return !elements.isEmpty() && elements.stream().allMatch(Printed.Table.class::isInstance);
  }

  private static String inline(Printed value) {
    if (value instanceof Printed.Table table) {
      return table.entries().entrySet().stream()
          .map(entry -> key(entry.getKey()) + " = " + inline(entry.getValue()))
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
    if (value instanceof Printed.Items items) {
      return items.elements().stream()
          .map(ConfigToml::inline)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return scalar(((Printed.Value) value).value());
  }

  private static String scalar(ConfigNode node) {
    if (node instanceof ConfigNode.Text text) {
      return quoted(text.value());
    }
    if (node instanceof ConfigNode.Integer number) {
      return String.valueOf(number.value());
    }
    if (node instanceof ConfigNode.Decimal number) {
      String plain = number.value().toPlainString();
      return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
    if (node instanceof ConfigNode.Bool bool) {
      return String.valueOf(bool.value());
    }
    if (node instanceof ConfigNode.Array array) {
      return array.elements().stream()
          .map(ConfigToml::scalar)
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return node instanceof ConfigNode.DateTime time ? time.text() : "{}";
  }

  private static String key(String key) {
    return BARE.matcher(key).matches() ? key : quoted(key);
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      String escape = ESCAPES.get(c);
      if (escape != null) {
        quoted.append(escape);
      } else if (Character.isISOControl(c)) {
        quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }

  /** A name of a file may hold anything; a comment may not. */
  private static String printable(String text) {
    StringBuilder printable = new StringBuilder();
    for (char c : text.toCharArray()) {
      printable.append(Character.isISOControl(c) ? '\uFFFD' : c);
    }
    return printable.toString();
  }
}
