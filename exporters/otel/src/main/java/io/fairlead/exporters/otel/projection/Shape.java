package io.fairlead.exporters.otel.projection;

import java.util.Set;

/**
 * How much is shown, and as what.
 *
 * @param content whether captured payloads are shown
 * @param marksAsTools whether each mark becomes a span of no length (not in {@code gen_ai})
 * @param plainMarks names of marks, or of the hook events behind them, that never become spans that
 *     way
 * @param style how payloads and metadata become attributes
 * @param payloadsOnce whether a payload is shown under one name only, where NeMo Relay has two
 */
public record Shape(
    boolean content,
    boolean marksAsTools,
    Set<String> plainMarks,
    PayloadStyle style,
    boolean payloadsOnce) {

  /** Payloads are shown, marks are events of their scope's span. */
  public static final Shape DEFAULT = new Shape(true, false, Set.of());

  public Shape {
    plainMarks = Set.copyOf(plainMarks);
  }

  /** A shape with flattened payloads under both names. */
  public Shape(boolean content, boolean marksAsTools, Set<String> plainMarks) {
    this(content, marksAsTools, plainMarks, PayloadStyle.FLATTENED, false);
  }

  /** Whether attributes are those of NeMo Relay 0.5. */
  boolean isFirst() {
    return style == PayloadStyle.JSON;
  }
}
