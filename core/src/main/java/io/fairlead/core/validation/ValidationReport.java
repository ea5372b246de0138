package io.fairlead.core.validation;

import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.List;

/**
 * All findings about a document, in evaluation order: the document itself, duplicates, then
 * components in document order.
 *
 * @param diagnostics the findings
 */
public record ValidationReport(List<Diagnostic> diagnostics) {

  public ValidationReport {
    diagnostics = List.copyOf(diagnostics);
  }

  /** Whether anything would keep {@code initialize} from starting. */
  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
