package io.fairlead.core.layers;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What several layers make together.
 *
 * @param table the document; every value knows the file it came from
 * @param diagnostics what was found while the layers were read and joined
 * @param files the files that were read, the weakest first
 * @param older layers whose generation is not that of the document, as their authors wrote them:
 *     documents of one component each
 * @param repeated kinds that one file gives more than once
 * @param disabled kinds that a file disables and nothing stronger enables; the document itself does
 *     not hold them
 */
public record LayeredDocument(
    ConfigNode.Table table,
    List<Diagnostic> diagnostics,
    List<Path> files,
    List<ConfigNode.Table> older,
    List<Repeated> repeated,
    Set<String> disabled) {

  public LayeredDocument {
    diagnostics = List.copyOf(diagnostics);
    files = List.copyOf(files);
    older = List.copyOf(older);
    repeated = List.copyOf(repeated);
    disabled = Set.copyOf(disabled);
  }

  /** The same with findings that were made before it was read. */
  public LayeredDocument after(List<Diagnostic> before) {
    List<Diagnostic> all = new ArrayList<>(before);
    all.addAll(diagnostics);
    return new LayeredDocument(table, all, files, older, repeated, disabled);
  }

  /**
   * A kind that one file gives more than once; only some kinds may be.
   *
   * @param kind the kind
   * @param position where it stands the second time
   */
  public record Repeated(String kind, @Nullable SourcePosition position) {}
}
