package io.fairlead.core.instrumentation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.testkit.RecordingDiagnostics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that uses its instrumentation wrongly hears of it and goes on. */
class MisuseTest {

  private final EmittedEvents events = new EmittedEvents();
  private final RecordingDiagnostics findings = new RecordingDiagnostics();
  private final Instrumentation fairlead =
      Instrumentation.builder(events).diagnostics(findings).largestContent(40).build();

  private void found(String... codes) {
    assertThat(findings.findings()).extracting(Diagnostic::code).containsExactly(codes);
  }

  @Test
  void endingTwice() {
    ActiveScope scope = fairlead.tool("t").start();
    scope.end();
    scope.end();
    found("instrumentation.ended_twice");
    assertThat(events.ends()).hasSize(1);
  }

  @Test
  void closingTwiceIsFine() {
    ActiveScope scope = fairlead.tool("t").open();
    scope.end();
    scope.close();
    scope.close();
    found();
  }

  @Test
  void changingWhatHasEnded() {
    ActiveScope scope = fairlead.tool("t").start();
    scope.end();
    scope.output("late").fail("x", null);
    found("instrumentation.changed_after_end", "instrumentation.changed_after_end");
    assertThat(events.end("t").header().data()).isNull();
  }

  @Test
  void closingTheOuterScopeFirst() {
    ActiveScope outer = fairlead.agent("outer").open();
    ActiveScope inner = fairlead.tool("inner").open();
    outer.close();
    assertThat(fairlead.currentScope()).isNull();
    inner.close();
    found("instrumentation.closed_out_of_order");
    assertThat(events.ends())
        .extracting(end -> end.header().name())
        .containsExactly("outer", "inner");
  }

  @Test
  void closingOnAnotherThreadEndsTheScopeAndFreesTheFirst() throws Exception {
    ActiveScope scope = fairlead.agent("a").open();
    Thread other = new Thread(scope::close);
    other.start();
    other.join();
    found();
    assertThat(scope.hasEnded()).isTrue();
    assertThat(fairlead.currentScope()).isNull();
  }

  @Test
  void leavingAnotherThreadsActivation() throws Exception {
    ActiveScope scope = fairlead.agent("a").start();
    Activation here = scope.makeCurrent();
    Thread other = new Thread(here::close);
    other.start();
    other.join();
    found("instrumentation.closed_elsewhere");
    assertThat(fairlead.currentScope()).isNull();
    assertThat(scope.hasEnded()).isFalse();
  }

  @Test
  @SuppressWarnings("NullAway") // a caller without null checks
  void nullsEverywhere() {
    try (ActiveScope scope =
        fairlead
            .agent(null)
            .parent(null)
            .session(null)
            .startTime(null)
            .input(null)
            .metadata(null, null)
            .flag(null)
            .link(null, null)
            .open()) {
      scope.output(null).metadata(null, 1).fail((Throwable) null).mark(null);
      scope.fail(null, null);
    }
    assertThat(findings.findings())
        .extracting(Diagnostic::code)
        .isNotEmpty()
        .containsOnly("instrumentation.missing_argument");
    assertThat(events.end("unknown").outcome().errorType()).isEqualTo("_OTHER");
  }

  @Test
  void factsOfAnotherCategory() {
    fairlead.tool("t").start().llm(facts -> facts.responseModel("x")).end();
    fairlead.llm("openai", "m").start().exitCode(1).end();
    found("instrumentation.wrong_category", "instrumentation.wrong_category");
    assertThat(events.ends()).noneMatch(end -> end.outcome().isError());
  }

  @Test
  void factsThatThrow() {
    fairlead
        .llm("openai", "m")
        .start()
        .llm(
            facts -> {
              throw new IllegalStateException("secret");
            })
        .end();
    found("instrumentation.facts_failed");
    assertThat(findings.findings().toString()).doesNotContain("secret");
    assertThat(events.ends()).hasSize(1);
  }

  @Test
  void contentBeyondTheBoundIsCut() {
    fairlead.tool("t").input("x".repeat(1000)).start().output(Map.of("k", "y".repeat(99))).end();
    ScopeEnd end = events.end("t");
    assertThat(requireNonNull(end.start().header().data()).text()).hasSizeLessThan(60);
    assertThat(requireNonNull(end.header().data()).text()).startsWith("\"{\\\"k\\\":");
    found("instrumentation.content_cut", "instrumentation.content_cut");
  }

  @Test
  void contentThatHoldsItselfEnds() {
    List<Object> loop = new ArrayList<>();
    loop.add(loop);
    Map<String, Object> map = new HashMap<>();
    map.put("list", loop);
    fairlead.tool("t").input(map).start().end();
    found("instrumentation.content_cut");
  }

  @Test
  void contentThatHoldsItselfThroughAnotherEndsBelowAnyBound() {
    Instrumentation large = Instrumentation.builder(events).diagnostics(findings).build();
    Map<String, Object> map = new HashMap<>();
    List<Object> list = new ArrayList<>(List.of(map));
    map.put("list", list);
    large.tool("t").input(map).start().output(list).metadata("m", map).end();
    assertThat(requireNonNull(events.end("t").header().data()).text())
        .startsWith("[{\"list\":[{")
        .contains("(nested too deep)")
        .endsWith("}]");
    found();
  }

  @Test
  void contentWhoseTextNeverEnds() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            return "more " + this;
          }
        };
    fairlead.tool("t").start().output(hostile).end();
    found("instrumentation.content_unreadable");
    assertThat(events.ends()).hasSize(1);
  }

  @Test
  void aSinkThatThrowsIsNotHeard() {
    Instrumentation deaf =
        Instrumentation.builder(events)
            .diagnostics(
                finding -> {
                  throw new IllegalStateException("oops");
                })
            .build();
    ActiveScope scope = deaf.tool(" ").start();
    scope.end();
    scope.end();
    assertThat(events.ends()).hasSize(1);
  }

  @Test
  void endingBeforeTheStart() {
    Instant noon = Instant.parse("2026-11-21T12:00:00Z");
    fairlead.tool("t").startTime(noon).start().end(noon.minusSeconds(1));
    found("instrumentation.invalid_time");
    assertThat(events.end("t").durationNanos()).isZero();
  }

  @Test
  void scopesThatAreNeverClosedDoNotPileUp() {
    List<ActiveScope> open = new ArrayList<>();
    for (int i = 0; i <= ThreadCurrentScope.DEEPEST; i++) {
      open.add(fairlead.function("f" + i).open());
    }
    assertThat(fairlead.currentScope()).isSameAs(open.get(ThreadCurrentScope.DEEPEST - 1));
    found("instrumentation.nested_too_deep");
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
    found("instrumentation.nested_too_deep");
    assertThat(fairlead.currentScope()).isNull();
  }

  @Test
  void contentWhoseTextThrows() {
    Object hostile =
        new Object() {
          @Override
          public String toString() {
            throw new IllegalStateException("secret");
          }
        };
    fairlead.tool("t").input(hostile).start().end();
    found("instrumentation.content_unreadable");
    assertThat(events.end("t").start().header().data()).isNull();
  }

  @Test
  void timesNoClockHas() {
    fairlead.tool("t").startTime(Instant.MAX).start().end(Instant.MIN);
    found("instrumentation.invalid_time", "instrumentation.invalid_time");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x",
        "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
      })
  void headersThatAreNoTraceparent(String header) {
    ActiveScope scope = fairlead.agent("a").traceparent(header).start();
    found("instrumentation.invalid_traceparent");
    assertThat(scope.traceRoot()).isEqualTo(scope.uuid());
  }

  @Test
  void aLaterVersionOfTraceparentMayBeLonger() {
    fairlead
        .agent("a")
        .traceparent("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more")
        .start();
    found();
  }
}
