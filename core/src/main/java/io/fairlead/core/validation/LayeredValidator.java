package io.fairlead.core.validation;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.layers.LayeredDocument;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    Plan plan =
        withDisabled(
            validator.validate(document.table(), before, document.repeated()), document.disabled());
    return older.isEmpty() ? plan : withoutRepetition(plan, before.size(), places(older));
  }

  /** Layers drop what they disable; what would be on by itself must stay off nevertheless. */
  private Plan withDisabled(Plan plan, Set<String> kinds) {
    if (kinds.isEmpty()) {
      return plan;
    }
    List<PlannedComponent> planned = new ArrayList<>(plan.components());
    planned.removeIf(component -> kinds.contains(component.provider().kind()));
    for (ComponentCatalog.Entry installed : catalog.entries()) {
      if (kinds.contains(installed.kind()) && isSomethingByDefault(installed.provider())) {
        ConfigView nothing = ConfigView.of(ConfigSpec.EMPTY, ConfigNode.Table.EMPTY);
        planned.add(new PlannedComponent(installed.provider(), installed.kind(), false, nothing));
      }
    }
    return new Plan(plan.report(), plan.settings(), planned);
  }

  private static boolean isSomethingByDefault(ComponentProvider provider) {
    return provider instanceof PricingProvider
        || (provider instanceof InterceptorProvider interceptor && interceptor.onByDefault());
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
