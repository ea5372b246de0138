package io.fairlead.exporters.otel.projection;

/** How a projection shows a mark. */
public enum MarkForm {
  /** An event of the span of the scope it happened in; a span of its own when that is over. */
  EVENT,
  /** A span of its own, of no length. */
  SPAN,
  /** Not at all. */
  HIDDEN
}
