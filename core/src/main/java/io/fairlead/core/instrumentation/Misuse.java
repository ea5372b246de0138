package io.fairlead.core.instrumentation;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import org.jspecify.annotations.Nullable;

/** Findings about how a program uses its instrumentation. None ever throws into the program. */
final class Misuse {

  private static final String COMPONENT = "instrumentation";

  private final DiagnosticSink sink;

  Misuse(DiagnosticSink sink) {
    this.sink = sink;
  }

  /** A name or another text that must be there was null; the replacement is used. */
  String required(@Nullable String value, String what, String replacement) {
    if (value != null && !value.isBlank()) {
      return value;
    }
    report(
        "instrumentation.missing_argument",
        "no " + what + " was given; '" + replacement + "' is used");
    return replacement;
  }

  void missing(String what) {
    report("instrumentation.missing_argument", "no " + what + " was given; the call does nothing");
  }

  void endedTwice(String scope) {
    report(
        "instrumentation.ended_twice",
        "scope '" + scope + "' was ended again; the first end counts");
  }

  void changedAfterEnd(String scope) {
    report(
        "instrumentation.changed_after_end",
        "scope '" + scope + "' has ended; what came later is not delivered");
  }

  void closedOutOfOrder(String scope) {
    report(
        "instrumentation.closed_out_of_order",
        "scope '" + scope + "' was closed before scopes that were opened inside it");
  }

  void closedElsewhere(String scope) {
    report(
        "instrumentation.closed_elsewhere",
        "scope '" + scope + "' was not current on the thread that closed its activation");
  }

  void nestedTooDeep(String scope) {
    report(
        "instrumentation.nested_too_deep",
        "scope '"
            + scope
            + "' was not made current: "
            + ThreadCurrentScope.DEEPEST
            + " scopes of its thread are open inside each other");
  }

  void wrongCategory(String scope, String what) {
    report(
        "instrumentation.wrong_category",
        what + " do not belong to scope '" + scope + "'; left out");
  }

  void invalidTraceparent() {
    report(
        "instrumentation.invalid_traceparent",
        "a traceparent is not as W3C Trace Context says; a trace of its own begins");
  }

  void invalidTime(String scope) {
    report(
        "instrumentation.invalid_time",
        "a time of scope '" + scope + "' is before 1677 or after 2262; the current time is used");
  }

  void endsBeforeItsStart(String scope) {
    report(
        "instrumentation.invalid_time",
        "scope '" + scope + "' was ended before it began; it ends where it began");
  }

  void contentCut(String scope) {
    report(
        "instrumentation.content_cut",
        "content of scope '" + scope + "' is larger than the bound; its beginning is kept as text");
  }

  void contentUnreadable(String scope) {
    report(
        "instrumentation.content_unreadable",
        "content of scope '" + scope + "' could not be written as JSON; left out");
  }

  void factsFailed(String scope) {
    report(
        "instrumentation.facts_failed",
        "facts of scope '" + scope + "' threw while they were set; left out");
  }

  private void report(String code, String message) {
    try {
      sink.report(Diagnostic.warning(code, COMPONENT, message + "."));
    } catch (RuntimeException e) {
      // The program's own sink threw; there is nobody else to tell.
    }
  }
}
