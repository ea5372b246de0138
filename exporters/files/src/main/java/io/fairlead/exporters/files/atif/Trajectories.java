package io.fairlead.exporters.files.atif;

import io.fairlead.atof.AtofReader;
import io.fairlead.atof.AtofWriter;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The trajectories that have begun and not ended, and which event belongs to which. Their records
 * are saved piece by piece together with the position in the log, so that a restart loses and
 * doubles nothing; the pieces go when the trajectory has been delivered.
 */
final class Trajectories {

  private static final String KEY = "open/";
  private static final int PAST_SCOPES = 20_000;

  private final AtofWriter writer = new AtofWriter();
  private final long maxBytes;
  private final Map<UUID, OpenTrajectory> open = new LinkedHashMap<>();
  private final Map<UUID, OpenTrajectory> ofScope = new HashMap<>();

  /** Scopes of no open trajectory: a scope below them begins none. The oldest are forgotten. */
  private final Map<UUID, Boolean> past =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
          return size() > PAST_SCOPES;
        }
      };

  private Map<String, byte @Nullable []> changes = new LinkedHashMap<>();
  private long bytes;

  /**
   * No trajectories yet.
   *
   * @param maxBytes how much all of them may hold
   */
  Trajectories(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes up what was saved. */
  void restore(SourceState state) {
    Map<UUID, List<String>> lines = new LinkedHashMap<>();
    Map<UUID, Integer> pieces = new HashMap<>();
    state.forEach(
        KEY,
        (key, value) -> {
          UUID id = UUID.fromString(key.substring(KEY.length(), KEY.length() + 36));
          String text = new String(value, StandardCharsets.UTF_8);
          lines.computeIfAbsent(id, ignored -> new ArrayList<>()).addAll(text.lines().toList());
          pieces.merge(id, 1, Integer::sum);
        });
    lines.forEach(
        (id, records) -> {
          OpenTrajectory trajectory = begin(id);
          AtofReader reader = new AtofReader("atif", (line, reason) -> {});
          for (String line : records) {
            Event event = reader.readLine(line.getBytes(StandardCharsets.UTF_8));
            if (event != null) {
              add(trajectory, event, line);
            }
          }
          trajectory.restored(pieces.getOrDefault(id, 0));
        });
  }

  /** Takes an event. */
  void add(Event event) {
    UUID uuid = event.header().uuid();
    UUID parent = event.header().parentUuid();
    OpenTrajectory owner = ofScope.get(uuid);
    if (owner == null && parent != null) {
      owner = ofScope.get(parent);
    }
    if (owner == null && event instanceof ScopeStart start) {
      boolean below = parent != null && past.containsKey(parent);
      if (!below && !past.containsKey(uuid) && begins(start)) {
        owner = begin(uuid);
      } else {
        past.put(uuid, true);
      }
    }
    if (owner == null || owner.hasEnded()) {
      return;
    }
    if (event instanceof ScopeEnd end && isUnseen(end)) {
      owner.abandon(uuid);
    } else {
      add(owner, event, writer.line(event));
    }
  }

  /** Whether an end stands for one that nobody saw, and says nothing its start did not. */
  private static boolean isUnseen(ScopeEnd end) {
    return end.incomplete()
        && end.header().data() == null
        && Objects.equals(end.profile(), end.start().profile());
  }

  private void add(OpenTrajectory owner, Event event, String line) {
    long before = owner.bytes();
    owner.add(event, line);
    bytes += owner.bytes() - before;
    if (event instanceof ScopeStart) {
      ofScope.put(event.header().uuid(), owner);
    }
  }

  private OpenTrajectory begin(UUID id) {
    OpenTrajectory trajectory = new OpenTrajectory(id);
    open.put(id, trajectory);
    ofScope.put(id, trajectory);
    return trajectory;
  }

  /** Whether a topmost scope is what trajectories are about: an agent, or a turn of one. */
  private static boolean begins(ScopeStart start) {
    Json metadata = start.header().metadata();
    return start.category() == ScopeCategory.AGENT
        || start.category() == ScopeCategory.CUSTOM
            && metadata != null
            && "turn".equals(JsonTree.text(tree(metadata), "nemo_relay_scope_role"));
  }

  private static @Nullable Object tree(Json json) {
    try {
      return JsonTree.sorted(json.text());
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Those that have ended. */
  List<OpenTrajectory> ended() {
    return open.values().stream().filter(OpenTrajectory::hasEnded).toList();
  }

  /** Those that have not. */
  List<OpenTrajectory> unfinished() {
    return open.values().stream().filter(trajectory -> !trajectory.hasEnded()).toList();
  }

  /** The largest one when all of them together hold too much, else null. */
  @Nullable OpenTrajectory tooMuch() {
    return bytes <= maxBytes
        ? null
        : open.values().stream().max(Comparator.comparingLong(OpenTrajectory::bytes)).orElse(null);
  }

  /** Lets go of one. What still comes of it is left out. */
  void remove(OpenTrajectory trajectory) {
    open.remove(trajectory.id());
    bytes -= trajectory.bytes();
    past.put(trajectory.id(), true);
    ofScope.remove(trajectory.id());
    for (UUID scope : trajectory.scopes()) {
      past.put(scope, true);
      ofScope.remove(scope);
    }
    for (int piece = 0; piece < trajectory.savedPieces(); piece++) {
      changes.put(key(trajectory, piece), null);
    }
  }

  /** What is to be saved together with the position; nothing the next time. */
  Map<String, byte @Nullable []> takeChanges() {
    for (OpenTrajectory trajectory : open.values()) {
      byte[] piece = trajectory.unsaved();
      if (piece != null) {
        changes.put(key(trajectory, trajectory.savedPieces() - 1), piece);
      }
    }
    Map<String, byte @Nullable []> taken = changes;
    changes = new LinkedHashMap<>();
    return taken;
  }

  private static String key(OpenTrajectory trajectory, int piece) {
    String number = Integer.toString(100_000_000 + piece).substring(1);
    return KEY + trajectory.id() + "/" + number;
  }
}
