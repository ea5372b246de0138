package io.fairlead.testkit;

import io.fairlead.spi.SourceSink;
import io.fairlead.spi.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@link SourceSink} that keeps what is committed, and can die at a commit as a killed process
 * does: that commit takes neither events nor state. A new adapter started with {@link #state()} is
 * the program after the restart.
 */
public final class RecordingSink implements SourceSink {

  private final InMemoryState state = new InMemoryState();
  private final List<Event> events = new ArrayList<>();
  private int commits;
  private int crashAt = -1;

  /** An empty sink. */
  public RecordingSink() {}

  /** Dies at the n-th commit from now, counted from 1; once. */
  public void crashAtCommit(int n) {
    crashAt = commits + n;
  }

  @Override
  public void commit(List<Event> newEvents, Map<String, byte @Nullable []> newState) {
    commits++;
    if (commits == crashAt) {
      throw new SimulatedCrash();
    }
    events.addAll(newEvents);
    state.apply(newState);
  }

  /** Everything committed so far, in order. */
  public List<Event> events() {
    return List.copyOf(events);
  }

  /** The events of one type. */
  public <E extends Event> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The state as of the last commit. */
  public InMemoryState state() {
    return state;
  }

  /** How many commits were tried. */
  public int commits() {
    return commits;
  }

  /** What a commit throws when the sink dies; an adapter must not swallow it. */
  public static final class SimulatedCrash extends RuntimeException {

    private static final long serialVersionUID = 1;

    private SimulatedCrash() {
      super("simulated crash at a commit");
    }
  }
}
