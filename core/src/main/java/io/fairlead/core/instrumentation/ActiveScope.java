package io.fairlead.core.instrumentation;

import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.Profile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.spi.event.ToolProfile;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A scope that has begun. Thread-safe: any thread may add facts and end it. It ends once; what
 * comes after that is reported and left out. A scope that is never ended is ended when the kernel
 * closes, and marked incomplete.
 */
public final class ActiveScope implements AutoCloseable {

  private static final String EXIT_CODE = "exit_code";
  private static final String CANCELLED = "cancelled";
  private static final String EXCEPTION_TYPE = "exception.type";

  private final Instrumentation owner;
  private final ScopeStart start;
  private final Map<String, Json> metadata;
  private @Nullable Profile profile;
  private @Nullable Outcome outcome;
  private @Nullable Object output;
  private @Nullable Activation activation;
  private volatile boolean ended;

  ActiveScope(Instrumentation owner, ScopeStart start, Map<String, Json> metadata) {
    this.owner = owner;
    this.start = start;
    this.metadata = new LinkedHashMap<>(metadata);
    this.profile = start.profile();
  }

  /** Its identity; the last 8 bytes are the span id. */
  public UUID uuid() {
    return start.header().uuid();
  }

  /** Root of its trace; the 16 bytes are the trace id. */
  public UUID traceRoot() {
    return start.header().traceRoot();
  }

  /** Its name. */
  public String name() {
    return start.header().name();
  }

  /** Whether it has ended. */
  public boolean hasEnded() {
    return ended;
  }

  /** What a scope begun inside it hangs under. */
  public ScopeParent asParent() {
    return new ScopeParent(uuid(), traceRoot(), start.header().origin());
  }

  /** The {@code traceparent} header (W3C Trace Context) that makes the callee's span its child. */
  public String traceparent() {
    return Traceparent.of(traceRoot(), uuid());
  }

  /** Makes it current on this thread, for work that continues here. Does not end it. */
  public Activation makeCurrent() {
    return owner.activate(this);
  }

  /** What came out of the work; the same kinds of values as {@link ScopeBuilder#input}. */
  public ActiveScope output(@Nullable Object value) {
    return change(() -> output = value);
  }

  /** A further fact; the same key again replaces it. */
  public ActiveScope metadata(String key, @Nullable Object value) {
    Json json = owner.content().value(name(), value);
    String known = owner.misuse().required(key, "metadata key", "unknown");
    return json == null ? this : change(() -> metadata.put(known, json));
  }

  /**
   * Facts of a model call: model that answered, usage, finish reasons, cost. Called at once with a
   * builder that holds what is known so far. Belongs to llm and embedder scopes.
   */
  public ActiveScope llm(Consumer<LlmProfile.Builder> facts) {
    return change(
        () -> {
          if (profile instanceof LlmProfile known) {
            LlmProfile.Builder builder = known.toBuilder();
            try {
              facts.accept(builder);
              profile = builder.build();
            } catch (RuntimeException e) { // the program's code; it must not fail for telemetry
              owner.misuse().factsFailed(name());
            }
          } else {
            owner.misuse().wrongCategory(name(), "facts of a model call");
          }
        });
  }

  /** The exit code of the command a tool ran. One other than 0 makes the scope fail. */
  public ActiveScope exitCode(int code) {
    return change(
        () -> {
          if (profile instanceof ToolProfile tool) {
            profile = new ToolProfile(tool.toolName(), tool.callId(), code, true);
            if (code != 0 && outcome == null) {
              outcome = Outcome.error(EXIT_CODE, null);
            }
          } else {
            owner.misuse().wrongCategory(name(), "exit codes");
          }
        });
  }

  /** Says that the work went well. Without this the status stays unset. */
  public ActiveScope succeed() {
    return change(() -> outcome = Outcome.OK);
  }

  /**
   * Says that the work failed.
   *
   * @param errorType a class of failure of low cardinality, such as {@code rate_limit}
   * @param description words for a person, never content, or null
   */
  public ActiveScope fail(String errorType, @Nullable String description) {
    String known = owner.misuse().required(errorType, "error type", Outcome.OTHER);
    return change(() -> outcome = Outcome.error(known, description));
  }

  /** Says that the work failed with an exception. Its message is not kept: it may hold content. */
  public ActiveScope fail(@Nullable Throwable thrown) {
    String type = thrown == null ? Outcome.OTHER : thrown.getClass().getName();
    return change(
        () -> {
          outcome = Outcome.error(type, null);
          metadata.put(EXCEPTION_TYPE, Json.ofString(type));
        });
  }

  /** Says that the work was stopped by whoever asked for it. */
  public ActiveScope cancel() {
    return change(() -> outcome = Outcome.error(CANCELLED, null));
  }

  /** Says that something happened inside the scope now. */
  public ActiveScope mark(String name) {
    return mark(name, null);
  }

  /** Says that something happened inside the scope now, with a payload. */
  public ActiveScope mark(String name, @Nullable Object data) {
    owner.newMark(name).in(this).data(data).emit();
    return this;
  }

  /** Ends the scope now. */
  public void end() {
    end(null);
  }

  /**
   * Ends the scope at a time; null: now. What was current before {@link ScopeBuilder#open} is
   * current again.
   */
  public void end(@Nullable Instant time) {
    if (!finish(time)) {
      owner.misuse().endedTwice(name());
    }
  }

  /** Ends the scope, unless that was done, and makes current what was current before it. */
  @Override
  public void close() {
    finish(null);
  }

  private boolean finish(@Nullable Instant time) {
    ScopeEnd end;
    Activation mine;
    synchronized (this) {
      if (ended) {
        return false;
      }
      ended = true;
      end = endEvent(time);
      mine = activation;
      activation = null;
    }
    owner.emit(end);
    if (mine != null) {
      mine.close();
    }
    return true;
  }

  void keep(Activation newActivation) {
    synchronized (this) {
      activation = newActivation;
    }
  }

  private synchronized ActiveScope change(Runnable step) {
    if (ended) {
      owner.misuse().changedAfterEnd(name());
    } else {
      step.run();
    }
    return this;
  }

  private ScopeEnd endEvent(@Nullable Instant time) {
    EventHeader began = start.header();
    long nanos = endNanos(time);
    EventHeader header =
        new EventHeader(
            began.uuid(),
            began.parentUuid(),
            began.traceRoot(),
            nanos,
            began.name(),
            began.origin(),
            owner.content().payload(name(), output),
            owner.content().metadata(metadata),
            null,
            null);
    return new ScopeEnd(
        header,
        start,
        finished(),
        outcome == null ? Outcome.UNSET : outcome,
        TimeQuality.EXACT,
        false);
  }

  /** A clock may go back; a program that ends a scope before its start is told. */
  private long endNanos(@Nullable Instant time) {
    long began = start.header().timeNanos();
    long nanos = owner.time(name(), time);
    if (nanos < began && time != null) {
      owner.misuse().endsBeforeItsStart(name());
    }
    return Math.max(nanos, began);
  }

  /** A tool whose scope ended came back. */
  private @Nullable Profile finished() {
    return start.category() == ScopeCategory.TOOL && profile instanceof ToolProfile tool
        ? new ToolProfile(tool.toolName(), tool.callId(), tool.exitCode(), true)
        : profile;
  }
}
