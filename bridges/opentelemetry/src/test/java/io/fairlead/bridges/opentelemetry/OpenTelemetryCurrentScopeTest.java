package io.fairlead.bridges.opentelemetry;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.ActivePlugins;
import io.fairlead.core.Hubs;
import io.fairlead.core.RuntimeDiagnostic;
import io.fairlead.core.instrumentation.Activation;
import io.fairlead.core.instrumentation.ActiveScope;
import io.fairlead.core.instrumentation.Instrumentation;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.testkit.RecordingSubscriber;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program's spans and Fairlead's scopes nest in each other. */
class OpenTelemetryCurrentScopeTest {

  private final SdkTracerProvider provider =
      SdkTracerProvider.builder().addSpanProcessor(new Listener()).build();
  private final Tracer tracer = provider.get("program");
  private final RecordingSubscriber recorder = new RecordingSubscriber();
  private final ActivePlugins active = Hubs.inMemory();
  private final Instrumentation fairlead =
      active.instrumentation().currentScope(new OpenTelemetryCurrentScope()).build();

  @BeforeEach
  void listen() {
    active.hub().register("recorder", recorder);
  }

  @AfterEach
  void close() {
    active.close();
    provider.close();
  }

  private EventHeader ended(String name) {
    assertThat(active.hub().flush("recorder", Duration.ofSeconds(20))).isTrue();
    return recorder.accepted().stream()
        .filter(ScopeEnd.class::isInstance)
        .map(Event::header)
        .filter(header -> header.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String traceId(UUID root) {
    return TraceId.fromLongs(root.getMostSignificantBits(), root.getLeastSignificantBits());
  }

  private static String spanId(UUID scope) {
    return SpanId.fromLong(scope.getLeastSignificantBits());
  }

  @Test
  void aSpanInsideAScopeIsItsChild() {
    Span span;
    try (ActiveScope turn = fairlead.agent("a").open()) {
      span = tracer.spanBuilder("db").startSpan();
      span.end();
    }
    EventHeader turn = ended("a");
    assertThat(span.getSpanContext().getTraceId()).isEqualTo(traceId(turn.traceRoot()));
    assertThat(((ReadableSpan) span).getParentSpanContext().getSpanId())
        .isEqualTo(spanId(turn.uuid()));
    assertThat(Span.current().getSpanContext().isValid()).isFalse();
  }

  @Test
  void aScopeInsideASpanIsItsChild() {
    Span request = tracer.spanBuilder("GET /ask").startSpan();
    try (Scope here = request.makeCurrent()) {
      fairlead.agent("a").open().close();
    }
    SpanContext caller = request.getSpanContext();
    EventHeader turn = ended("a");
    assertThat(traceId(turn.traceRoot())).isEqualTo(caller.getTraceId());
    assertThat(spanId(requireNonNull(turn.parentUuid()))).isEqualTo(caller.getSpanId());
  }

  @Test
  void theyAlternate() {
    try (ActiveScope turn = fairlead.agent("a").session("s").open()) {
      Span span = tracer.spanBuilder("cache").startSpan();
      try (Scope here = span.makeCurrent()) {
        fairlead.tool("t").open().close();
      }
      span.end();
      EventHeader tool = ended("t");
      assertThat(spanId(requireNonNull(tool.parentUuid())))
          .isEqualTo(span.getSpanContext().getSpanId());
      assertThat(tool.traceRoot()).isEqualTo(turn.traceRoot());
      assertThat(tool.origin().sessionId()).isEqualTo("s");
    }
  }

  @Test
  void theOpenTelemetryContextCarriesTheScopeAcrossThreads() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (ActiveScope turn = fairlead.agent("a").open()) {
      Context.taskWrapping(pool).submit(() -> fairlead.tool("one").open().close()).get();
      fairlead.wrap(pool).submit(() -> fairlead.tool("two").open().close()).get();
      assertThat(ended("one").parentUuid()).isEqualTo(turn.uuid());
      assertThat(ended("two").parentUuid()).isEqualTo(turn.uuid());
    } finally {
      pool.shutdownNow();
    }
    assertThat(fairlead.currentScope()).isNull();
  }

  private void assertFound(String... codes) {
    assertThat(active.runtimeDiagnostics())
        .extracting(RuntimeDiagnostic::code)
        .containsExactly(codes);
  }

  @Test
  void anOuterScopeClosedFirstLeavesNothingBehind() {
    ActiveScope outer = fairlead.agent("outer").open();
    ActiveScope inner = fairlead.tool("inner").open();
    outer.close();
    assertThat(Context.current()).isSameAs(Context.root());
    inner.close();
    assertThat(Context.current()).isSameAs(Context.root());
    assertFound("instrumentation.closed_out_of_order");
  }

  @Test
  void aScopeClosedUnderASpanThatIsStillCurrentLeavesNothingBehind() {
    ActiveScope turn = fairlead.agent("a").open();
    try (Scope stillOpen = tracer.spanBuilder("db").startSpan().makeCurrent()) {
      turn.close();
      assertThat(Context.current()).isSameAs(Context.root());
    }
    assertThat(Context.current()).isSameAs(Context.root());
    assertFound("instrumentation.closed_out_of_order");
  }

  @Test
  void aScopeClosedOnAnotherThreadIsNotCurrentAnyMore() throws Exception {
    ActiveScope turn = fairlead.agent("a").open();
    Thread other = new Thread(turn::close);
    other.start();
    other.join();
    try (ActiveScope next = fairlead.agent("b").open()) {
      assertThat(next.traceRoot()).isEqualTo(next.uuid());
    }
    assertThat(Context.current()).isSameAs(Context.root());
    assertFound();
  }

  @Test
  void aScopeClosedWhereItsContextWasCarriedToSpoilsNeitherThread() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (ActiveScope outer = fairlead.agent("outer").open()) {
      ActiveScope inner = fairlead.tool("inner").open();
      Context.taskWrapping(pool).submit(inner::close).get();
      assertThat(pool.submit(Context::current).get()).isSameAs(Context.root());
      assertThat(fairlead.currentScope()).isSameAs(outer);
    } finally {
      pool.shutdownNow();
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void whatGoesOnElsewhereAfterTheEndBelongsToTheScope() {
    Context carried;
    ActiveScope turn = fairlead.agent("a").open();
    try (turn) {
      carried = Context.current();
    }
    try (Scope here = carried.makeCurrent()) {
      ActiveScope late = fairlead.tool("late").open();
      late.close();
      assertThat(late.traceRoot()).isEqualTo(turn.uuid());
    }
    assertThat(Context.current()).isSameAs(Context.root());
  }

  @Test
  void aCapturedContextIsLeftOnce() throws Exception {
    Activation again;
    ActiveScope scope = fairlead.agent("a").start();
    try (Activation here = scope.makeCurrent()) {
      again = fairlead.context().makeCurrent();
      again.close();
      again.close();
      assertThat(fairlead.currentScope()).isSameAs(scope);
    }
    assertThat(Context.current()).isSameAs(Context.root());
    assertFound();

    Activation elsewhere = scope.makeCurrent();
    Thread other = new Thread(elsewhere::close);
    other.start();
    other.join();
    assertThat(fairlead.currentScope()).isNull();
    assertFound("instrumentation.closed_elsewhere");
  }

  /** Without a processor the SDK makes no spans. */
  private static final class Listener implements SpanProcessor {

    @Override
    public void onStart(Context parentContext, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return true;
    }

    @Override
    public void onEnd(ReadableSpan span) {}

    @Override
    public boolean isEndRequired() {
      return false;
    }
  }
}
