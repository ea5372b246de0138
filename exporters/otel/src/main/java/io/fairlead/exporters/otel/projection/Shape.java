package io.fairlead.exporters.otel.projection;

import java.util.Set;

/**
 * How much is shown, and as what.
 *
 * @param content whether captured payloads are shown
 * @param marksAsTools whether each mark becomes a span of no length ({@code full} only)
 * @param plainMarks names of marks, or of the hook events behind them, that never become spans that
 *     way
 */
public record Shape(boolean content, boolean marksAsTools, Set<String> plainMarks) {

  /** Payloads are shown, marks are events of their scope's span. */
  public static final Shape DEFAULT = new Shape(true, false, Set.of());

  public Shape {
    plainMarks = Set.copyOf(plainMarks);
  }
}
