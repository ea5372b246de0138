package io.fairlead.core.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.TokenUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.NullUnmarked;

/** A thread that does anything in any order, with its own scopes and those of others. */
@NullUnmarked // a program without null checks
final class RandomProgram implements Runnable {

  private static final List<String> TEXTS =
      Collections.unmodifiableList(
          Arrays.asList(
              null,
              "",
              " ",
              "name",
              "\ud800 \u0000 \u6771\u4eac",
              "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
              "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-"));
  private static final List<Instant> TIMES =
      Collections.unmodifiableList(
          Arrays.asList(null, Instant.MAX, Instant.MIN, Instant.EPOCH, Instant.now()));

  private final Instrumentation fairlead;
  private final Random random;
  private final int steps;
  private final Deque<ActiveScope> shared;
  private final ExecutorService pool;
  private final List<ActiveScope> scopes = new ArrayList<>();
  private final List<Activation> activations = new ArrayList<>();

  /**
   * A program.
   *
   * @param shared scopes that threads hand to each other
   */
  RandomProgram(
      Instrumentation fairlead,
      Random random,
      int steps,
      Deque<ActiveScope> shared,
      ExecutorService pool) {
    this.fairlead = fairlead;
    this.random = random;
    this.steps = steps;
    this.shared = shared;
    this.pool = pool;
  }

  @Override
  public void run() {
    for (int i = 0; i < steps; i++) {
      step();
    }
    leaveEverything();
    assertThat(fairlead.currentScope()).as("nothing is current when everything is left").isNull();
    assertThat(fairlead.currentParent()).isNull();
  }

  private void leaveEverything() {
    activations.forEach(Activation::close);
    scopes.forEach(ActiveScope::close);
  }

  private void step() {
    switch (random.nextInt(14)) {
      case 0, 1 -> keep(builder().open());
      case 2 -> keep(builder().start());
      case 3 -> scope().end();
      case 4 -> scope().end(one(TIMES));
      case 5 -> scope().close();
      case 6 -> activations.add(scope().makeCurrent());
      case 7 -> activations.add(fairlead.context().makeCurrent());
      case 8 -> close();
      case 9 -> change(scope());
      case 10 -> orderly();
      case 11 -> fairlead.wrap(pool).execute(() -> builder().open().close());
      case 12 ->
          fairlead
              .newMark(text())
              .in(random.nextBoolean() ? scope() : null)
              .time(one(TIMES))
              .severity(text())
              .metadata(text(), value())
              .emit();
      default -> shared.push(scope());
    }
  }

  private void close() {
    if (!activations.isEmpty()) {
      activations.get(random.nextInt(activations.size())).close();
    }
  }

  private void keep(ActiveScope scope) {
    scopes.add(scope);
  }

  /** One of this thread's scopes, or of another's. */
  private ActiveScope scope() {
    ActiveScope other = random.nextInt(4) == 0 ? shared.poll() : null;
    if (other != null) {
      return other;
    }
    if (scopes.isEmpty()) {
      keep(fairlead.function("first").start());
    }
    return scopes.get(random.nextInt(scopes.size()));
  }

  private ScopeBuilder builder() {
    ScopeBuilder builder =
        switch (random.nextInt(6)) {
          case 0 -> fairlead.agent(text());
          case 1 -> fairlead.llm(text(), text());
          case 2 -> fairlead.tool(text(), text());
          case 3 -> fairlead.custom(text(), text());
          case 4 -> fairlead.embedder(text(), text());
          default -> fairlead.scope(one(Arrays.asList(ScopeCategory.values())), text());
        };
    return switch (random.nextInt(8)) {
      case 0 -> builder.parent(scope());
      case 1 -> builder.traceparent(text());
      case 2 -> builder.root();
      case 3 -> builder.link(scope(), text()).session(text()).agentId(text());
      case 4 -> builder.startTime(one(TIMES));
      case 5 -> builder.input(value()).metadata(text(), value()).flag(text());
      default -> builder;
    };
  }

  private void change(ActiveScope scope) {
    switch (random.nextInt(8)) {
      case 0 -> scope.fail(text(), text());
      case 1 -> scope.fail(random.nextBoolean() ? new StackOverflowError() : null);
      case 2 -> scope.cancel().succeed();
      case 3 -> scope.exitCode(random.nextInt(3));
      case 4 -> scope.llm(facts -> facts.usage(TokenUsage.of(random.nextInt(5) - 2, 0, 0, 1, 0)));
      case 5 -> scope.llm(null);
      case 6 -> scope.output(value()).metadata(text(), value());
      default -> scope.mark(text(), value());
    }
  }

  /** Whatever went wrong before: what is opened in order nests in order. */
  private void orderly() {
    try (ActiveScope outer = fairlead.agent("outer").root().open()) {
      assertThat(outer.traceRoot()).isEqualTo(outer.uuid());
      fairlead
          .tool("inner")
          .<Void, RuntimeException>call(
              inner -> {
                assertThat(inner.traceRoot()).isEqualTo(outer.uuid());
                assertThat(fairlead.currentScope()).isSameAs(inner);
                return null;
              });
      assertThat(fairlead.currentScope()).isSameAs(outer);
    }
  }

  private Object value() {
    Map<String, Object> loop = new HashMap<>();
    loop.put("again", List.of(loop));
    return one(
        Arrays.asList(
            null,
            loop,
            "text",
            Double.NaN,
            new int[] {1, 2},
            Outcome.OK,
            new Object() {
              @Override
              public String toString() {
                throw new IllegalStateException("no text");
              }
            }));
  }

  private String text() {
    return one(TEXTS);
  }

  private <T> T one(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
