package io.fairlead.core;

import io.fairlead.spi.diagnostic.Diagnostic;
import org.jspecify.annotations.Nullable;

/** Why a component did not start. */
final class ComponentFault extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  ComponentFault(Diagnostic diagnostic, @Nullable Throwable cause) {
    super(diagnostic.message(), cause);
    this.diagnostic = diagnostic;
  }

  Diagnostic diagnostic() {
    return diagnostic;
  }
}
