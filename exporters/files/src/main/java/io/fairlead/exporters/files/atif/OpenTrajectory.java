package io.fairlead.exporters.files.atif;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The records of a trajectory that has not ended. */
final class OpenTrajectory {

  private final UUID id;
  private final List<String> lines = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private final Set<UUID> scopes = new HashSet<>();
  private final Set<Integer> delivered = new HashSet<>();
  private long bytes;
  private int savedLines;
  private int savedPieces;
  private boolean ended;

  OpenTrajectory(UUID id) {
    this.id = id;
  }

  UUID id() {
    return id;
  }

  List<String> lines() {
    return lines;
  }

  /** The scopes of it that have started. */
  Set<UUID> scopes() {
    return scopes;
  }

  /** Roughly what it takes in memory. */
  long bytes() {
    return bytes;
  }

  boolean hasEnded() {
    return ended;
  }

  /** Where it has been delivered to, or refused for good, by number. */
  Set<Integer> delivered() {
    return delivered;
  }

  /** Takes an event unless it has it; a batch may come a second time. */
  void add(Event event, String line) {
    UUID uuid = event.header().uuid();
    if (!seen.add(phase(event) + uuid)) {
      return;
    }
    lines.add(line);
    bytes += line.length() + 200L;
    if (event instanceof ScopeStart) {
      scopes.add(uuid);
    }
    ended |= event instanceof ScopeEnd && uuid.equals(id);
  }

  /** Takes it that nothing more will come of a scope, though nobody saw its end. */
  void abandon(UUID scope) {
    ended |= scope.equals(id);
  }

  private static String phase(Event event) {
    return event instanceof ScopeStart ? "s" : event instanceof ScopeEnd ? "e" : "m";
  }

  /** What was added since the last time, as a piece to be saved; null when there is nothing. */
  byte @Nullable [] unsaved() {
    if (savedLines == lines.size()) {
      return null;
    }
    String text = String.join("\n", lines.subList(savedLines, lines.size()));
    savedLines = lines.size();
    savedPieces++;
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** How many pieces have been saved. */
  int savedPieces() {
    return savedPieces;
  }

  /** Says that what it has now was read from saved pieces. */
  void restored(int pieces) {
    savedLines = lines.size();
    savedPieces = pieces;
  }
}
