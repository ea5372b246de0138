package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.List;

/**
 * What could be read of a TOML text.
 *
 * @param table the document; holds what could be understood when there are errors
 * @param diagnostics what could not, in the order of the text
 */
public record TomlDocument(ConfigNode.Table table, List<Diagnostic> diagnostics) {

  public TomlDocument {
    diagnostics = List.copyOf(diagnostics);
  }

  static TomlDocument failed(Diagnostic diagnostic) {
    return new TomlDocument(ConfigNode.Table.EMPTY, List.of(diagnostic));
  }
}
