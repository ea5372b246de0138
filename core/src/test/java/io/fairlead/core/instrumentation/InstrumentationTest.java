package io.fairlead.core.instrumentation;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.core.ActivePlugins;
import io.fairlead.core.Hubs;
import io.fairlead.core.RuntimeDiagnostic;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.RecordingSubscriber;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a program's scopes become. */
class InstrumentationTest {

  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  private final EmittedEvents events = new EmittedEvents();
  private final ManualClock clock = new ManualClock(NOON);
  private final Instrumentation fairlead =
      Instrumentation.builder(events).clock(clock).runtime("shop").build();
  private final ExecutorService pool = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private static String json(EventHeader header) {
    return requireNonNull(header.data()).text();
  }

  @Test
  void scopesNestAndCarryTheirFacts() {
    try (ActiveScope turn = fairlead.agent("planner").session("s-1").input("hi").open()) {
      clock.advance(Duration.ofMillis(5));
      try (ActiveScope call = fairlead.llm("openai", "gpt-4o").open()) {
        call.llm(
            facts ->
                facts
                    .responseModel("gpt-4o-2024-08-06")
                    .usage(TokenUsage.of(10, 0, 0, 4, 0))
                    .finishReasons(List.of("stop")));
      }
      try (ActiveScope tool = fairlead.tool("search", "call-1").open()) {
        tool.output(Map.of("hits", 3)).metadata("engine", "local");
      }
      turn.output("done").succeed();
      clock.advance(Duration.ofMillis(7));
    }

    ScopeEnd turn = events.end("planner");
    ScopeEnd call = events.end("openai");
    ScopeEnd tool = events.end("search");
    assertThat(turn.start().isTraceRoot()).isTrue();
    assertThat(turn.outcome()).isEqualTo(Outcome.OK);
    assertThat(turn.durationNanos()).isEqualTo(12_000_000);
    assertThat(turn.profile()).isEqualTo(AgentProfile.of("planner", TurnKind.USER));
    assertThat(json(turn.start().header())).isEqualTo("\"hi\"");
    assertThat(json(turn.header())).isEqualTo("\"done\"");
    assertThat(List.of(call, tool))
        .allSatisfy(
            child -> {
              assertThat(child.header().parentUuid()).isEqualTo(turn.header().uuid());
              assertThat(child.header().traceRoot()).isEqualTo(turn.header().uuid());
              assertThat(child.header().origin().sessionId()).isEqualTo("s-1");
              assertThat(child.header().origin().agentId()).isEqualTo("planner");
              assertThat(child.header().origin().runtime()).isEqualTo("shop");
              assertThat(child.outcome()).isEqualTo(Outcome.UNSET);
            });
    assertThat(call.profile())
        .isInstanceOfSatisfying(
            LlmProfile.class,
            facts -> {
              assertThat(facts.provider()).isEqualTo("openai");
              assertThat(facts.requestModel()).isEqualTo("gpt-4o");
              assertThat(facts.responseModel()).isEqualTo("gpt-4o-2024-08-06");
              assertThat(requireNonNull(facts.usage()).totalInput()).isEqualTo(10);
            });
    assertThat(tool.profile()).isEqualTo(new ToolProfile("search", "call-1", null, true));
    assertThat(json(tool.header())).isEqualTo("{\"hits\":3}");
    assertThat(requireNonNull(tool.header().metadata()).text()).isEqualTo("{\"engine\":\"local\"}");
    assertThat(fairlead.currentScope()).isNull();
  }

  @Test
  void childrenArriveBeforeTheirParentsEnd() {
    try (ActiveScope outer = fairlead.function("outer").open()) {
      fairlead.scope(ScopeCategory.RETRIEVER, "inner").open().close();
    }
    assertThat(events.all())
        .extracting(event -> (event instanceof ScopeStart ? "+" : "-") + event.header().name())
        .containsExactly("+outer", "+inner", "-inner", "-outer");
  }

  @Test
  void anAgentInsideAScopeWorksForIt() {
    try (ActiveScope turn = fairlead.agent("lead").open()) {
      fairlead.agent("helper").open().close();
    }
    assertThat(events.end("helper").profile())
        .isEqualTo(AgentProfile.of("helper", TurnKind.SUBAGENT));
    assertThat(events.end("helper").header().origin().agentId()).isEqualTo("helper");
  }

  @Test
  void aThrowFailsTheScopeAndGoesOn() {
    assertThatThrownBy(
            () ->
                fairlead
                    .tool("fetch")
                    .call(
                        scope -> {
                          throw new IOException("secret text");
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage("secret text");
    ScopeEnd end = events.end("fetch");
    assertThat(end.outcome()).isEqualTo(Outcome.error("java.io.IOException", null));
    assertThat(end.toString()).doesNotContain("secret text");
    assertThat(fairlead.currentScope()).isNull();
  }

  @Test
  void workReturnsItsValue() {
    int answer = fairlead.function("sum").call(scope -> 42);
    assertThat(answer).isEqualTo(42);
    assertThat(events.end("sum").outcome()).isEqualTo(Outcome.UNSET);
  }

  @Test
  void aScopeOfACategoryIsThatOfItsOwnMethod() {
    fairlead
        .scope(ScopeCategory.LLM, "router")
        .start()
        .llm(facts -> facts.responseModel("m-1"))
        .end();
    assertThat(events.end("router").profile())
        .isInstanceOfSatisfying(
            LlmProfile.class,
            facts -> {
              assertThat(facts.responseModel()).isEqualTo("m-1");
              assertThat(facts.provider()).isNull();
            });
    fairlead.scope(ScopeCategory.TOOL, "exec").start().exitCode(0).end();
    assertThat(events.end("exec").profile()).isEqualTo(new ToolProfile("exec", null, 0, true));
    fairlead.scope(ScopeCategory.AGENT, "a").start().end();
    assertThat(events.end("a").profile()).isEqualTo(AgentProfile.of("a", TurnKind.USER));
    fairlead.llm(" ", "").start().end();
    assertThat(events.end("llm").profile()).isEqualTo(LlmProfile.builder().build());
  }

  @Test
  void anExitCodeOtherThanZeroIsAFailure() {
    try (ActiveScope tool = fairlead.tool("exec").open()) {
      tool.exitCode(2);
    }
    assertThat(events.end("exec").outcome()).isEqualTo(Outcome.error("exit_code", null));
    assertThat(events.end("exec").profile()).isEqualTo(new ToolProfile("exec", null, 2, true));
  }

  @Test
  void timesCanBeGiven() {
    ActiveScope scope = fairlead.tool("past").startTime(NOON.minusSeconds(9)).start();
    scope.end(NOON.minusSeconds(8));
    assertThat(events.end("past").durationNanos()).isEqualTo(1_000_000_000);
    assertThat(events.end("past").hasExactDuration()).isTrue();
  }

  @Test
  void aClockThatGoesBackGivesNoNegativeDuration() {
    ActiveScope scope = fairlead.tool("t").start();
    clock.set(NOON.minusSeconds(60));
    scope.end();
    assertThat(events.end("t").durationNanos()).isZero();
  }

  @Test
  void aScopeMayEndOnAnotherThread() throws Exception {
    ActiveScope call = fairlead.llm("anthropic", "claude").start();
    assertThat(fairlead.currentScope()).isNull();
    pool.submit(() -> call.output("late").end()).get();
    assertThat(json(events.end("anthropic").header())).isEqualTo("\"late\"");
  }

  @Test
  void aScopeThatHasEndedHidesTheOneAroundItNoLonger() {
    try (ActiveScope turn = fairlead.agent("a").open()) {
      ActiveScope call = fairlead.llm("openai", "m").open();
      call.end();
      assertThat(fairlead.currentScope()).isSameAs(turn);
      fairlead.tool("t").open().close();
    }
    assertThat(events.end("t").header().parentUuid()).isEqualTo(events.end("a").header().uuid());
    fairlead.agent("b").open().end();
    assertThat(fairlead.currentScope()).isNull();
  }

  @Test
  void valuesThatProgramsHaveAtHandAreContent() throws Exception {
    Map<Object, String> values = new HashMap<>();
    values.put(new short[] {1}, "[1]");
    values.put(new byte[] {2, -1}, "[2,-1]");
    values.put(new boolean[] {true}, "[true]");
    values.putAll(
        Map.of(
            new int[] {1, 2},
            "[1,2]",
            new float[] {0.5f, 2},
            "[0.5,2.0]",
            "abc".toCharArray(),
            "\"abc\"",
            Path.of("a", "b"),
            Json.ofString(Path.of("a", "b").toString()).text(),
            Optional.of(List.of("x")),
            "[\"x\"]",
            Double.NaN,
            "\"NaN\"",
            Map.of(),
            "{}"));
    values.forEach(
        (value, json) -> {
          ActiveScope scope = fairlead.tool(json).start();
          scope.output(value).end();
          assertThat(json(events.end(json).header())).isEqualTo(json);
        });
  }

  @Test
  void executorsTakeTheScopeAlong() throws Exception {
    ExecutorService scoped = fairlead.wrap(pool);
    Future<?> done;
    try (ActiveScope turn = fairlead.agent("a").open()) {
      done = scoped.submit(() -> fairlead.tool("elsewhere").open().close());
    }
    done.get();
    assertThat(events.end("elsewhere").header().parentUuid())
        .isEqualTo(events.end("a").header().uuid());
    assertThat(pool.submit(() -> Optional.ofNullable(fairlead.currentScope())).get()).isEmpty();
  }

  @Test
  void futuresTakeTheScopeAlong() {
    CompletableFuture<String> result;
    try (ActiveScope turn = fairlead.agent("a").open()) {
      ScopeContext here = fairlead.context();
      result =
          CompletableFuture.supplyAsync(
                  here.wrapSupplier(
                      () -> fairlead.tool("one").<String, RuntimeException>call(s -> "x")),
                  pool)
              .thenApplyAsync(
                  here.wrapFunction(
                      x -> fairlead.tool("two").<String, RuntimeException>call(s -> x + "y")),
                  pool);
    }
    assertThat(result.join()).isEqualTo("xy");
    UUID turn = events.end("a").header().uuid();
    assertThat(events.end("one").header().parentUuid()).isEqualTo(turn);
    assertThat(events.end("two").header().parentUuid()).isEqualTo(turn);
  }

  @Test
  void aCallersTraceparentIsTheParent() {
    String header = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    ActiveScope scope = fairlead.agent("callee").traceparent(header).start();
    scope.end();
    EventHeader callee = events.end("callee").header();
    assertThat(callee.traceRoot())
        .isEqualTo(UUID.fromString("0af76519-16cd-43dd-8448-eb211c80319c"));
    assertThat(requireNonNull(callee.parentUuid()).getLeastSignificantBits())
        .isEqualTo(0xb7ad6b7169203331L);
    assertThat(scope.traceparent()).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
    assertThat(events.end("callee").start().isTraceRoot()).isFalse();
  }

  @Test
  void aTraceparentMadeHereIsReadBack() {
    ActiveScope caller = fairlead.agent("caller").start();
    ActiveScope callee = fairlead.agent("callee").traceparent(caller.traceparent()).start();
    assertThat(callee.traceRoot()).isEqualTo(caller.traceRoot());
    assertThat(callee.traceparent()).hasSize(55).isNotEqualTo(caller.traceparent());
  }

  @Test
  void marksBelongToTheScopeTheyHappenIn() {
    try (ActiveScope turn = fairlead.agent("a").session("s").open()) {
      turn.mark("thought", Map.of("n", 1));
      fairlead.newMark("slow").severity("warn").time(NOON.plusSeconds(1)).emit();
    }
    fairlead.mark("alone");
    EventHeader turn = events.end("a").header();
    assertThat(events.mark("thought").header().parentUuid()).isEqualTo(turn.uuid());
    assertThat(events.mark("thought").header().origin().sessionId()).isEqualTo("s");
    assertThat(events.mark("slow").header().parentUuid()).isEqualTo(turn.uuid());
    assertThat(events.mark("slow").header().metadata())
        .isEqualTo(new Json("{\"nemo_relay.log.severity\":\"warn\"}"));
    assertThat(events.mark("slow").header().timeNanos() % 60_000_000_000L)
        .isEqualTo(1_000_000_000L);
    assertThat(events.mark("alone").header().parentUuid()).isNull();
  }

  @Test
  void linksNameScopesOfOtherTraces() {
    ActiveScope first = fairlead.agent("first").start();
    ActiveScope second = fairlead.agent("second").root().link(first, "continues").start();
    second.end();
    assertThat(events.end("second").start().links())
        .singleElement()
        .satisfies(link -> assertThat(link.scope()).isEqualTo(first.uuid()));
  }

  @Test
  void contentIsLeftOutWhenItIsNotCaptured() {
    Instrumentation closed = Instrumentation.builder(events).captureContent(false).build();
    try (ActiveScope scope = closed.tool("t").input("secret").metadata("k", 1).open()) {
      scope.output("secret").mark("m", "secret");
    }
    assertThat(events.all().toString()).doesNotContain("secret").contains("{\"k\":1}");
  }

  @Test
  void idsAreOfVersionSevenAndInOrderOfTime() {
    UUID first = fairlead.tool("a").start().uuid();
    clock.advance(Duration.ofMillis(1));
    UUID second = fairlead.tool("b").start().uuid();
    assertThat(first.version()).isEqualTo(7);
    assertThat(first.variant()).isEqualTo(2);
    assertThat(second.getMostSignificantBits() >>> 16)
        .isEqualTo((first.getMostSignificantBits() >>> 16) + 1)
        .isEqualTo(NOON.toEpochMilli() + 1);
  }

  @Test
  void whatIsOpenWhenTheKernelClosesIsDeliveredAsIncomplete() {
    RecordingSubscriber recorder = new RecordingSubscriber();
    try (ActivePlugins active = Hubs.inMemory()) {
      active.hub().register("recorder", recorder);
      Instrumentation live = active.instrumentation().build();
      live.tool(" ").start().end();
      assertThat(active.runtimeDiagnostics())
          .extracting(RuntimeDiagnostic::code)
          .containsExactly("instrumentation.missing_argument");
      live.tool("whole").open().close();
      live.agent("cut").start();
    }
    assertThat(recorder.accepted())
        .filteredOn(ScopeEnd.class::isInstance)
        .extracting(event -> event.header().name() + " " + ((ScopeEnd) event).incomplete())
        .containsExactly("unknown false", "whole false", "cut true");
  }

  @Test
  void aScopeEndedAfterTheKernelClosedHarmsNobody() {
    ActiveScope late;
    try (ActivePlugins active = Hubs.inMemory()) {
      late = Instrumentation.builder(active.hub()).build().tool("late").open();
    }
    late.close();
    assertThat(late.hasEnded()).isTrue();
  }
}
