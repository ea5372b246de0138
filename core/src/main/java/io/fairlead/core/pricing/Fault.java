package io.fairlead.core.pricing;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.diagnostic.SourcePosition;
import org.jspecify.annotations.Nullable;

/**
 * A finding about a catalog.
 *
 * @param at the node it is about, for the position, or null
 */
record Fault(
    Level level, String code, @Nullable ConfigNode at, String message, @Nullable String hint) {

  Diagnostic toDiagnostic(String component) {
    SourcePosition position = at == null ? null : at.position();
    return new Diagnostic(level, code, component, null, message, position, hint);
  }

  /** The message behind its place. */
  String toText() {
    SourcePosition position = at == null ? null : at.position();
    return position == null ? message : position + ": " + message;
  }

  boolean isError() {
    return level == Level.ERROR;
  }
}
