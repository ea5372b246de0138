package io.fairlead.core.config;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * Whether a finding would say nothing new after what was found since a mark: an error stands at
   * the same place, or the same field or something inside it has the same finding or an error.
   */
  boolean covers(
      int mark,
      String code,
      String component,
      @Nullable String field,
      @Nullable SourcePosition position) {
    for (Diagnostic known : diagnostics.subList(mark, diagnostics.size())) {
      boolean sameThing = known.isError() || known.code().equals(code);
      boolean samePlace = position != null && position.equals(known.position());
      if ((known.isError() && samePlace)
          || (field != null && sameThing && isWithin(known, component + "." + field))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isWithin(Diagnostic diagnostic, String path) {
    String other = diagnostic.component() + "." + diagnostic.field();
    if (!other.startsWith(path)) {
      return false;
    }
    return other.length() == path.length() || ".[".indexOf(other.charAt(path.length())) >= 0;
  }
}
