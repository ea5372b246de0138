package io.fairlead.core.validation;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.layers.LayeredDocument;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Validates documents made of layers: first the layers whose generation is not the document's, as
 * their authors wrote them, then the document. A fault both have is told once, in its author's
 * words.
 */
public final class LayeredValidator {

  private final ComponentCatalog catalog;
  private final DocumentValidator validator;

  /** A validator for the installed providers. */
  public LayeredValidator(
      ComponentCatalog catalog, Function<String, @Nullable String> environment) {
    this.catalog = catalog;
    this.validator = new DocumentValidator(catalog, environment);
  }

  /** Validates a document. */
  public Plan validate(LayeredDocument document) {
    List<Diagnostic> before = new ArrayList<>(document.diagnostics());
    List<Diagnostic> older = new ArrayList<>();
    for (ConfigNode.Table layer : document.older()) {
      older.addAll(validator.validate(layer).report().diagnostics());
    }
    older.removeAll(catalog.findings());
    before.addAll(older);
    Plan plan = validator.validate(document.table(), before, document.repeated());
    return older.isEmpty() ? plan : withoutRepetition(plan, before.size(), places(older));
  }

  private static Plan withoutRepetition(Plan plan, int mark, Map<SourcePosition, Boolean> told) {
    List<Diagnostic> all = plan.report().diagnostics();
    List<Diagnostic> kept = new ArrayList<>(all.subList(0, mark));
    for (Diagnostic finding : all.subList(mark, all.size())) {
      Boolean toldAsError = finding.position() == null ? null : told.get(finding.position());
      if (toldAsError == null || (finding.isError() && !toldAsError)) {
        kept.add(finding);
      }
    }
    return new Plan(new ValidationReport(kept), plan.settings(), plan.components());
  }

  /** The places something was found at, and whether it was an error. */
  private static Map<SourcePosition, Boolean> places(List<Diagnostic> findings) {
    Map<SourcePosition, Boolean> places = new HashMap<>();
    for (Diagnostic finding : findings) {
      if (finding.position() != null) {
        places.merge(finding.position(), finding.isError(), Boolean::logicalOr);
      }
    }
    return places;
  }
}
