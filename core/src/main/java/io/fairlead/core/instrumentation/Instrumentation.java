package io.fairlead.core.instrumentation;

import io.fairlead.spi.SubscriberHub;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.CustomProfile;
import io.fairlead.spi.event.EpochNanos;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Origin;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ToolProfile;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Emits scopes and marks of a JVM program. Thread-safe; make one per program and keep it.
 *
 * <pre>{@code
 * try (ActiveScope turn = fairlead.agent("planner").session("s-1").open()) {
 *   try (ActiveScope call = fairlead.llm("openai", "gpt-4o").open()) {
 *     call.llm(facts -> facts.usage(usage).finishReasons(List.of("stop")));
 *   }
 * }
 * }</pre>
 *
 * <p>No method throws for what a program does wrong: that is a finding at run time of a code that
 * begins with {@code instrumentation.}. No method waits for a backend.
 */
public final class Instrumentation {

  private static final String UNKNOWN = "unknown";
  private static final LlmProfile NO_FACTS = LlmProfile.builder().build();

  private final SubscriberHub hub;
  private final InstantSource clock;
  private final Origin origin;
  private final Misuse misuse;
  private final Content content;
  private final CurrentScope current;
  private final ScopeIds ids = new ScopeIds();

  private Instrumentation(Builder builder) {
    this.hub = builder.hub;
    this.clock = builder.clock;
    this.misuse = new Misuse(builder.diagnostics);
    String runtime = misuse.required(builder.runtime, "runtime", Builder.RUNTIME);
    this.origin = Origin.of(runtime);
    this.content = new Content(builder.captureContent, builder.largestContent, misuse);
    this.current = builder.current != null ? builder.current : new ThreadCurrentScope();
  }

  /** A builder of an instrumentation that emits into a hub. */
  public static Builder builder(SubscriberHub hub) {
    return new Builder(hub);
  }

  /** A turn of an agent; inside another scope, an agent that works for another one. */
  public ScopeBuilder agent(String name) {
    String known = misuse.required(name, "agent name", UNKNOWN);
    return new ScopeBuilder(
        this,
        ScopeCategory.AGENT,
        known,
        nested -> AgentProfile.of(known, nested ? TurnKind.SUBAGENT : TurnKind.USER));
  }

  /** One attempt of a model call. Provider and model may be null when they are not known. */
  public ScopeBuilder llm(@Nullable String provider, @Nullable String model) {
    return call(ScopeCategory.LLM, provider, facts(provider, model).build());
  }

  /** A call of a tool. */
  public ScopeBuilder tool(String name) {
    return tool(name, null);
  }

  /** A call of a tool, with the id that ties it to the model's request. */
  public ScopeBuilder tool(String name, @Nullable String callId) {
    String known = misuse.required(name, "tool name", UNKNOWN);
    ToolProfile facts = new ToolProfile(known, callId, null, false);
    return new ScopeBuilder(this, ScopeCategory.TOOL, known, nested -> facts);
  }

  /** A function of the program around the agent. */
  public ScopeBuilder function(String name) {
    return scope(ScopeCategory.FUNCTION, name);
  }

  /** A call of an embedding model. Provider and model may be null when they are not known. */
  public ScopeBuilder embedder(@Nullable String provider, @Nullable String model) {
    LlmProfile facts = facts(provider, model).operation("embeddings").build();
    return call(ScopeCategory.EMBEDDER, provider, facts);
  }

  private static LlmProfile.Builder facts(@Nullable String provider, @Nullable String model) {
    return LlmProfile.builder().provider(unlessBlank(provider)).requestModel(unlessBlank(model));
  }

  private static @Nullable String unlessBlank(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private ScopeBuilder call(ScopeCategory category, @Nullable String name, LlmProfile facts) {
    String known = unlessBlank(name);
    return new ScopeBuilder(
        this, category, known == null ? category.wireName() : known, nested -> facts);
  }

  /** Work of a kind of the program's own. */
  public ScopeBuilder custom(String subtype, String name) {
    CustomProfile facts = new CustomProfile(misuse.required(subtype, "subtype", UNKNOWN));
    return new ScopeBuilder(
        this, ScopeCategory.CUSTOM, misuse.required(name, "name", UNKNOWN), nested -> facts);
  }

  /**
   * Work of any category. Agents and tools are those of their own methods; a call of a model has no
   * facts yet, and work of other categories never has any.
   */
  public ScopeBuilder scope(@Nullable ScopeCategory category, String name) {
    ScopeCategory of = category == null ? ScopeCategory.UNKNOWN : category;
    return switch (of) {
      case AGENT -> agent(name);
      case TOOL -> tool(name);
      case LLM, EMBEDDER -> call(of, misuse.required(name, "name", UNKNOWN), NO_FACTS);
      default -> {
        String known = misuse.required(name, "name", UNKNOWN);
        yield new ScopeBuilder(this, of, known, nested -> null);
      }
    };
  }

  /** Something that happens at one moment. */
  public MarkBuilder newMark(String name) {
    return new MarkBuilder(this, misuse.required(name, "mark name", UNKNOWN));
  }

  /** Says that something happened now, inside the current scope. */
  public void mark(String name) {
    newMark(name).emit();
  }

  /** The scope this thread is in, or null. */
  public @Nullable ActiveScope currentScope() {
    return current.get();
  }

  /** The scope this thread is in, to take along. */
  public ScopeContext context() {
    ActiveScope scope = current.get();
    Supplier<CurrentScope.Attachment> captured = current.capture();
    return new ScopeContext(() -> activation(captured.get(), scope));
  }

  /** An executor whose tasks run inside the scope that is current where they are handed over. */
  public Executor wrap(Executor executor) {
    return task -> executor.execute(context().wrap(task));
  }

  /**
   * An executor service whose tasks run inside the scope that is current where they are handed
   * over. Shutting it down shuts the given one down.
   */
  public ExecutorService wrap(ExecutorService executor) {
    return new ScopedExecutorService(executor, this);
  }

  Misuse misuse() {
    return misuse;
  }

  Content content() {
    return content;
  }

  @Nullable ScopeParent currentParent() {
    return current.parent();
  }

  /** Makes a scope current on this thread. */
  Activation activate(ActiveScope scope) {
    return activation(current.attach(scope), scope);
  }

  private Activation activation(CurrentScope.Attachment attachment, @Nullable ActiveScope scope) {
    String name = scope == null ? "(none)" : scope.name();
    if (attachment == CurrentScope.Attachment.REFUSED) {
      misuse.nestedTooDeep(name);
    }
    return () -> {
      switch (attachment.leave()) {
        case BEFORE_LATER_ONES -> misuse.closedOutOfOrder(name);
        case ELSEWHERE -> {
          if (scope == null || !scope.hasEnded()) {
            misuse.closedElsewhere(name);
          }
        }
        case IN_ORDER -> {}
      }
    };
  }

  ScopeIds ids() {
    return ids;
  }

  Origin origin() {
    return origin;
  }

  void emit(Event event) {
    hub.emit(event);
  }

  /** A time as nanoseconds since the epoch; null, or one out of range: now. */
  long time(String scope, @Nullable Instant time) {
    if (time != null) {
      try {
        return EpochNanos.of(time);
      } catch (ArithmeticException e) {
        misuse.invalidTime(scope);
      }
    }
    return EpochNanos.of(clock.instant());
  }

  /** Builds an instrumentation. Not thread-safe. */
  public static final class Builder {

    private static final String RUNTIME = "jvm";
    private static final int LARGEST_CONTENT = 262_144;

    private final SubscriberHub hub;
    private InstantSource clock = InstantSource.system();
    private DiagnosticSink diagnostics = finding -> {};
    private String runtime = RUNTIME;
    private boolean captureContent = true;
    private int largestContent = LARGEST_CONTENT;
    private @Nullable CurrentScope current;

    private Builder(SubscriberHub hub) {
      this.hub = hub;
    }

    /** The clock; the system's by default. */
    public Builder clock(InstantSource newClock) {
      clock = newClock;
      return this;
    }

    /** Takes findings about misuse; by default nobody hears of them. */
    public Builder diagnostics(DiagnosticSink sink) {
      diagnostics = sink;
      return this;
    }

    /** Name of the agent runtime; {@code jvm} by default. */
    public Builder runtime(String name) {
      runtime = name;
      return this;
    }

    /**
     * Whether inputs, outputs and payloads of marks that the program hands over are kept; they are
     * by default, since handing them over is asking for it.
     */
    public Builder captureContent(boolean capture) {
      captureContent = capture;
      return this;
    }

    /** Most characters of one payload, at least 1; 262,144 by default. A longer one is cut. */
    public Builder largestContent(int characters) {
      largestContent = Math.max(1, characters);
      return this;
    }

    /** Where the current scope is remembered; per thread by default. */
    public Builder currentScope(CurrentScope memory) {
      current = memory;
      return this;
    }

    /** The instrumentation. */
    public Instrumentation build() {
      return new Instrumentation(this);
    }
  }
}
