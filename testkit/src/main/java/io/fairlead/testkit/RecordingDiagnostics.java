package io.fairlead.testkit;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps every finding. Safe to use from any thread. */
public final class RecordingDiagnostics implements DiagnosticSink {

  private final List<Diagnostic> findings = new CopyOnWriteArrayList<>();

  /** An empty list of findings. */
  public RecordingDiagnostics() {}

  @Override
  public void report(Diagnostic diagnostic) {
    findings.add(diagnostic);
  }

  /** The findings so far, in order. */
  public List<Diagnostic> findings() {
    return List.copyOf(findings);
  }

  /** Their codes, in order. */
  public List<String> codes() {
    return findings.stream().map(Diagnostic::code).toList();
  }
}
