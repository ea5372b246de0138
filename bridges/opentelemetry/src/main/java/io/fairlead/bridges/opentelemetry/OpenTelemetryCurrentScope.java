package io.fairlead.bridges.opentelemetry;

import io.fairlead.core.instrumentation.Activation;
import io.fairlead.core.instrumentation.ActiveScope;
import io.fairlead.core.instrumentation.CurrentScope;
import io.fairlead.core.instrumentation.ScopeParent;
import io.fairlead.spi.event.Origin;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the current Fairlead scope in the OpenTelemetry {@link Context}. Spans that the program
 * starts inside a Fairlead scope become its children, and Fairlead scopes begun inside a span of
 * the program become that span's children: both in one trace, whoever sends which. Whatever carries
 * the OpenTelemetry context across threads carries Fairlead's scope too.
 *
 * <pre>{@code
 * Instrumentation.builder(active.hub()).currentScope(new OpenTelemetryCurrentScope()).build();
 * }</pre>
 *
 * <p>Fairlead's scopes count as sampled: a sampler that follows the parent keeps the program's
 * spans below them.
 */
public final class OpenTelemetryCurrentScope implements CurrentScope {

  private final ContextKey<ActiveScope> key = ContextKey.named("io.fairlead.scope");

  /** A memory of its own; use one per instrumentation. */
  public OpenTelemetryCurrentScope() {}

  @Override
  public @Nullable ScopeParent parent() {
    Context context = Context.current();
    ActiveScope scope = context.get(key);
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (!span.isValid() || (scope != null && span.getSpanId().equals(spanId(scope)))) {
      return scope == null ? null : scope.asParent();
    }
    return programsSpan(span, scope == null ? null : scope.asParent().origin());
  }

  @Override
  public @Nullable ActiveScope get() {
    ActiveScope scope = Context.current().get(key);
    return scope == null || scope.hasEnded() ? null : scope;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the activation closes it
  public Activation attach(ActiveScope scope) {
    Context with = Context.current().with(key, scope).with(Span.wrap(asSpan(scope)));
    Scope made = with.makeCurrent();
    return made::close;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the activation closes it
  public Supplier<Activation> capture() {
    Context captured = Context.current();
    return () -> {
      Scope made = captured.makeCurrent();
      return made::close;
    };
  }

  private static SpanContext asSpan(ActiveScope scope) {
    return SpanContext.create(
        TraceId.fromLongs(
            scope.traceRoot().getMostSignificantBits(),
            scope.traceRoot().getLeastSignificantBits()),
        spanId(scope),
        TraceFlags.getSampled(),
        TraceState.getDefault());
  }

  private static String spanId(ActiveScope scope) {
    return SpanId.fromLong(scope.uuid().getLeastSignificantBits());
  }

  private static ScopeParent programsSpan(SpanContext span, @Nullable Origin origin) {
    String trace = span.getTraceId();
    return ScopeParent.span(
        Long.parseUnsignedLong(trace, 0, 16, 16),
        Long.parseUnsignedLong(trace, 16, 32, 16),
        Long.parseUnsignedLong(span.getSpanId(), 16),
        origin);
  }
}
