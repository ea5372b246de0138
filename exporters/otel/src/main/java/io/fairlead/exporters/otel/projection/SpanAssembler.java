package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.UsageReported;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what belongs to a span and comes in several batches: marks wait for the end of
 * the scope they happened in, and a failed scope without a type of its own has that of the first
 * failed scope below it.
 *
 * <p>What waits is bounded and saved with deliveries. What finds no room, or happened in a scope
 * that is over or was never seen, becomes a span of its own at once; nothing is lost. Not
 * thread-safe.
 */
public final class SpanAssembler {

  /** Most marks that wait for the end of one scope. */
  static final int MAX_MARKS = 1_000;

  /** Most text of all marks that wait, in characters. */
  static final long MAX_TEXT = 16 << 20;

  private final Projection projection;
  private final OpenScopes scopes = new OpenScopes();
  private final EndedScopes ended = new EndedScopes();

  private long waiting;

  /** An assembler that has seen nothing yet. */
  public SpanAssembler(Projection projection) {
    this.projection = projection;
  }

  /** Takes up what was saved. */
  public void restore(SourceState state) {
    scopes.restore(state);
    ended.restore(state);
    waiting = scopes.waiting();
  }

  /**
   * The spans of a batch. Nothing is remembered before {@link Assembly#accept()}: the same batch
   * gives the same again.
   */
  public Assembly assemble(List<Event> events) {
    Assembly assembly = new Assembly(events);
    for (int i = 0; i < events.size(); i++) {
      assembly.take(events.get(i), i);
    }
    return assembly;
  }

  /** Where spans are handed over to. */
  @FunctionalInterface
  public interface Delivery {

    /** Delivers spans, which may be none, and says how it went. */
    DeliveryResult deliver(List<SpanData> spans) throws Exception;
  }

  /** Hands over the spans of a batch, and remembers it once the outcome is final. */
  public DeliveryResult deliver(List<Event> events, Delivery delivery) throws Exception {
    Assembly assembly = assemble(events);
    DeliveryResult result = delivery.deliver(assembly.spans());
    if (result.kind() == DeliveryResult.Kind.RETRY) {
      return result;
    }
    Map<String, byte @Nullable []> state = assembly.state();
    assembly.accept();
    return result.withState(state);
  }

  /** What became of a batch. */
  public final class Assembly {

    private final OpenScopes.Draft draft = scopes.draft();
    private final Map<UUID, Integer> ends = new HashMap<>();
    private final Map<UUID, @Nullable Json> endedNow = new LinkedHashMap<>();
    private final List<SpanData> spans = new ArrayList<>();
    private long more;

    private Assembly(List<Event> events) {
      for (int i = 0; i < events.size(); i++) {
        if (events.get(i) instanceof ScopeEnd end) {
          ends.put(end.header().uuid(), i);
        }
      }
    }

    /** The spans, in event order. */
    public List<SpanData> spans() {
      return spans;
    }

    /** What has to be saved once they are delivered. */
    public Map<String, byte @Nullable []> state() {
      Map<String, byte @Nullable []> state = draft.state();
      ended.write(state, endedNow);
      return state;
    }

    /** Remembers the batch: it will not come again. */
    public void accept() {
      draft.accept();
      waiting += more;
      ended.accept(endedNow);
    }

    private void take(Event event, int index) {
      if (event instanceof ScopeStart start) {
        start(start);
      } else if (event instanceof ScopeEnd end) {
        end(end, index);
      } else if (event instanceof Mark mark) {
        mark(mark, index);
      } else if (event instanceof UsageReported report) {
        spans.add(projection.usage(report));
      }
    }

    private void start(ScopeStart start) {
      UUID uuid = start.header().uuid();
      if (draft.get(uuid) == null) {
        draft.put(uuid, new OpenScope(List.of(), Failure.NONE, root(start)));
        forgetOldest();
      }
    }

    private void forgetOldest() {
      OpenScope forgotten = draft.makeRoom();
      if (forgotten != null) {
        more -= forgotten.size();
        Json root = forgotten.metadata();
        forgotten.marks().forEach(mark -> spans.add(projection.mark(mark, true, root)));
      }
    }

    private void end(ScopeEnd end, int index) {
      UUID uuid = end.header().uuid();
      OpenScope open = draft.get(uuid);
      if (open == null && (ended.contains(uuid) || endedNow.containsKey(uuid))) {
        return;
      }
      OpenScope known = open == null ? OpenScope.NEW : open;
      Failure failure = Failure.of(end, known.below());
      Json root = known.metadata() == null ? root(end.start()) : known.metadata();
      spans.add(projection.scope(new FinishedScope(end, known.marks(), failure, root)));
      more -= known.size();
      draft.remove(uuid);
      endedNow.put(uuid, root);
      UUID parent = end.header().parentUuid();
      if (end.outcome().isError() && parent != null && isOpen(parent, index)) {
        draft.put(parent, opened(parent).with(failure));
      }
    }

    private void mark(Mark mark, int index) {
      MarkForm form = projection.form(mark);
      if (form == MarkForm.HIDDEN) {
        return;
      }
      UUID parent = mark.header().parentUuid();
      boolean inOpenScope = parent != null && isOpen(parent, index);
      if (form == MarkForm.EVENT && parent != null && inOpenScope && hasRoom(parent, mark)) {
        draft.put(parent, opened(parent).with(mark));
        more += OpenScope.size(mark);
      } else {
        boolean orphan = !inOpenScope || form == MarkForm.EVENT;
        spans.add(projection.mark(mark, orphan, rootMetadata(mark)));
      }
    }

    /** Whether a scope has started, or ends later in this batch without having been seen. */
    private boolean isOpen(UUID uuid, int index) {
      return draft.get(uuid) != null || ends.getOrDefault(uuid, -1) > index;
    }

    private OpenScope opened(UUID uuid) {
      OpenScope scope = draft.get(uuid);
      return scope == null ? OpenScope.NEW : scope;
    }

    private boolean hasRoom(UUID parent, Mark mark) {
      return waiting + more + OpenScope.size(mark) <= MAX_TEXT
          && opened(parent).marks().size() < MAX_MARKS;
    }

    /** What the spans of a scope's trace need of the metadata of its root. */
    private @Nullable Json root(ScopeStart start) {
      return start.isTraceRoot()
          ? projection.ofRoot(start.header().metadata())
          : rootMetadata(start);
    }

    private @Nullable Json rootMetadata(Event event) {
      UUID root = event.header().traceRoot();
      OpenScope open = draft.get(root);
      if (open != null) {
        return open.metadata();
      }
      return endedNow.containsKey(root) ? endedNow.get(root) : ended.rootMetadata(root);
    }
  }
}
