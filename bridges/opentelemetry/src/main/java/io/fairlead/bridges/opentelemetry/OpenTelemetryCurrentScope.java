package io.fairlead.bridges.opentelemetry;

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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the current Fairlead scope in the OpenTelemetry {@link Context}. Spans that the program
 * starts inside a Fairlead scope become its children, and Fairlead scopes begun inside a span of
 * the program become that span's children: both in one trace, whoever sends which. Whatever carries
 * the OpenTelemetry context across threads carries Fairlead's scope too.
 *
 * <pre>{@code
 * active.instrumentation().currentScope(new OpenTelemetryCurrentScope()).build();
 * }</pre>
 *
 * <p>Fairlead's scopes count as sampled: a sampler that follows the parent keeps the program's
 * spans below them.
 */
public final class OpenTelemetryCurrentScope implements CurrentScope {

  private final ContextKey<Entry> key = ContextKey.named("io.fairlead.scope");

  /** A memory of its own; use one per instrumentation. */
  public OpenTelemetryCurrentScope() {}

  /** A scope in a context. The context goes to other threads; the scope was attached on one. */
  private static final class Entry {

    private final ActiveScope scope;
    private final Context before;
    private final @Nullable Entry below;
    private final Thread thread = Thread.currentThread();
    private final AtomicBoolean left = new AtomicBoolean();

    /** Another thread left it, and could not touch what this one remembers. */
    private volatile boolean leftElsewhere;

    Entry(ActiveScope scope, Context before, @Nullable Entry below) {
      this.scope = scope;
      this.before = before;
      this.below = below;
    }
  }

  @Override
  public @Nullable ScopeParent parent() {
    Context context = current();
    ActiveScope scope = scope(context);
    SpanContext span = Span.fromContext(context).getSpanContext();
    if (!span.isValid() || (scope != null && span.getSpanId().equals(spanId(scope)))) {
      return scope == null ? null : scope.asParent();
    }
    return programsSpan(span, scope == null ? null : scope.asParent().origin());
  }

  @Override
  public @Nullable ActiveScope get() {
    ActiveScope scope = scope(current());
    return scope == null || scope.hasEnded() ? null : scope;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the attachment closes it
  public Attachment attach(ActiveScope scope) {
    Context before = current();
    Entry entry = new Entry(scope, before, before.get(key));
    Context with = before.with(key, entry).with(Span.wrap(asSpan(scope)));
    Scope made = with.makeCurrent();
    return () -> {
      if (!entry.left.compareAndSet(false, true)) {
        return Leaving.IN_ORDER;
      }
      Context now = current();
      if (now == with && entry.thread == Thread.currentThread()) {
        made.close();
        return Leaving.IN_ORDER;
      }
      return leaveBelow(entry, now);
    };
  }

  /** OpenTelemetry ignores the end of what is not on top, and what lies below stays for good. */
  private Leaving leaveBelow(Entry entry, Context now) {
    if (entry.thread == Thread.currentThread()) {
      for (Entry other = now.get(key); other != null; other = other.below) {
        if (other == entry) {
          putBack(entry.before);
          return Leaving.BEFORE_LATER_ONES;
        }
      }
    }
    entry.leftElsewhere = true;
    return Leaving.ELSEWHERE;
  }

  @Override
  public Supplier<Attachment> capture() {
    Context captured = current();
    return () -> carried(captured);
  }

  @SuppressWarnings("MustBeClosedChecker") // the attachment closes it
  private static Attachment carried(Context captured) {
    Context before = Context.current();
    Thread thread = Thread.currentThread();
    AtomicBoolean left = new AtomicBoolean();
    Scope made = captured.makeCurrent();
    return () -> {
      if (!left.compareAndSet(false, true)) {
        return Leaving.IN_ORDER;
      } else if (thread != Thread.currentThread()) {
        return Leaving.ELSEWHERE;
      } else if (Context.current() == captured) {
        made.close();
        return Leaving.IN_ORDER;
      }
      putBack(before);
      return Leaving.BEFORE_LATER_ONES;
    };
  }

  /** The context of this thread, without scopes that other threads have left for it. */
  private Context current() {
    Context before = Context.current();
    Context context = before;
    for (Entry top = context.get(key); isStale(top, context); top = context.get(key)) {
      context = top.before;
    }
    if (context != before) {
      putBack(context);
    }
    return context;
  }

  /** Not when the program has put something of its own on top: that is its to take away. */
  private static boolean isStale(@Nullable Entry top, Context context) {
    return top != null
        && top.leftElsewhere
        && top.thread == Thread.currentThread()
        && Span.fromContext(context).getSpanContext().getSpanId().equals(spanId(top.scope));
  }

  /** Makes a context current for good. */
  @SuppressWarnings({"MustBeClosedChecker", "CheckReturnValue"})
  private static void putBack(Context context) {
    context.makeCurrent();
  }

  private @Nullable ActiveScope scope(Context context) {
    Entry entry = context.get(key);
    return entry == null ? null : entry.scope;
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
