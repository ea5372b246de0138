package io.fairlead.cli;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The reference of all components, in Markdown, from what their providers declare. */
final class ReferenceWriter {

  private static final String HEAD =
      """
      # Configuration reference

      Written from what the components themselves declare; a test keeps this page current. How a
      document is made up shows [plugins.toml.example](../plugins.toml.example). Exporters are sections
      of the component `observability` (`[components.config.<kind>]`, with `version = 4`); every other
      kind is a component of its own.
      """;

  private final StringBuilder out = new StringBuilder(HEAD);

  /** The page for a catalog. */
  String write(ComponentCatalog catalog) {
    for (ComponentCatalog.Entry entry : catalog.entries()) {
      boolean section = entry.provider() instanceof ExporterProvider;
      boolean both = section && !(catalog.provider(entry.kind()) instanceof ExporterProvider);
      out.append("\n## `").append(entry.kind()).append(both ? "` (section)\n" : "`\n");
      table("", entry.provider().configSpec());
    }
    return out.toString();
  }

  private void table(String path, ConfigSpec spec) {
    if (spec.fields().isEmpty()) {
      out.append("\nNo keys.\n");
      return;
    }
    out.append("\n| key | value | default | |\n|---|---|---|---|\n");
    spec.fields().forEach(this::row);
    for (FieldSpec field : spec.fields()) {
      ConfigSpec nested = field.table();
      if (nested != null) {
        String name = path.isEmpty() ? field.name() : path + "." + field.name();
        out.append("\n### `").append(name).append("`\n\n").append(field.doc()).append('\n');
        table(name, nested);
      }
    }
  }

  private void row(FieldSpec field) {
    out.append("| `").append(field.name()).append("` | ");
    out.append(field.type().description()).append(" | ");
    Object value = field.defaultValue();
    out.append(value == null ? "" : "`" + cell(value.toString()) + "`").append(" | ");
    out.append(cell(field.doc())).append(remarks(field)).append(" |\n");
  }

  private static String remarks(FieldSpec field) {
    List<String> remarks = new ArrayList<>();
    if (field.required()) {
      remarks.add("Required.");
    }
    if (!field.allowed().isEmpty()) {
      remarks.add("One of `" + String.join("`, `", field.allowed()) + "`.");
    }
    Long least = field.minimum();
    Long most = field.maximum();
    if (least != null && most != null) {
      remarks.add(String.format(Locale.ROOT, "From %d to %d.", least, most));
    }
    if (field.secret()) {
      remarks.add("Never shown.");
    }
    return remarks.isEmpty() ? "" : " " + String.join(" ", remarks);
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
