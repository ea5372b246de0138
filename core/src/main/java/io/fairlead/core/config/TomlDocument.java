package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.List;

/**
 * What could be read of a TOML text.
 *
 * @param table the document; empty when there are errors, because what a parser makes of the rest
 *     is not what the author meant
 * @param diagnostics the errors in the order of the text
 */
public record TomlDocument(ConfigNode.Table table, List<Diagnostic> diagnostics) {

  public TomlDocument {
    diagnostics = List.copyOf(diagnostics);
  }

  static TomlDocument failed(Diagnostic diagnostic) {
    return new TomlDocument(ConfigNode.Table.EMPTY, List.of(diagnostic));
  }
}
