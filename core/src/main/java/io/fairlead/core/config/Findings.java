package io.fairlead.core.config;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The findings of one validation in evaluation order. Not safe for threads. */
public final class Findings {

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  /** Adds a finding. */
  public void add(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
  }

  /** What was found so far. */
  public List<Diagnostic> toList() {
    return List.copyOf(diagnostics);
  }

  /** How many findings there are; a mark for {@link #hasErrorSince}. */
  public int size() {
    return diagnostics.size();
  }

  /** Whether an error about a component was added after a mark. */
  public boolean hasErrorSince(int mark, String component) {
    for (Diagnostic diagnostic : diagnostics.subList(mark, diagnostics.size())) {
      if (diagnostic.isError() && component.equals(diagnostic.component())) {
        return true;
      }
    }
    return false;
  }

  /** Whether the same has been said already: same code and field, or an error at the same place. */
  boolean covers(
      String code, String component, @Nullable String field, @Nullable SourcePosition position) {
    for (Diagnostic known : diagnostics) {
      boolean sameField =
          known.code().equals(code)
              && component.equals(known.component())
              && Objects.equals(known.field(), field);
      boolean samePlace = position != null && known.isError() && position.equals(known.position());
      if (sameField || samePlace) {
        return true;
      }
    }
    return false;
  }
}
