package io.fairlead.runtimes.atof.files;

import io.fairlead.atof.AtofReader;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events of files. A position is committed together with the events before it. What was read in an
 * earlier run, or was there before anybody looked, is read again without being given, so that an
 * end finds its start and its trace.
 */
public final class FileSource {

  private static final String PREFIX = "file/";
  private static final String BEGUN = "files.begun";
  private static final int MOST_POSITIONS = 10_000;

  private final ComponentContext context;
  private final FilePaths paths;
  private final int maxLine;
  private final @Nullable Duration backfill;
  private final AtofReader reader;
  private final Map<String, Position> positions = new LinkedHashMap<>();
  private final Map<String, FileCursor> cursors = new HashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final Set<String> reported = new HashSet<>();
  private boolean begun;
  private boolean unread;
  private @Nullable String badLine;

  /**
   * A source of files.
   *
   * @param backfill how much of what is there before the first look is given; null: nothing
   */
  public FileSource(
      ComponentContext context, FilePaths paths, int maxLine, @Nullable Duration backfill) {
    this.context = context;
    this.paths = paths;
    this.maxLine = maxLine;
    this.backfill = backfill;
    this.reader =
        new AtofReader(
            context.instance(),
            new AtofReader.Limits(maxLine, AtofReader.Limits.DEFAULT.maxOpenScopes()),
            (line, reason) -> badLine = reason);
  }

  /** Takes up what earlier runs committed. */
  public void start(SourceState state) {
    begun = state.get(BEGUN) != null;
    state.forEach(
        PREFIX,
        (key, value) -> {
          Position position = Position.of(value);
          if (position != null) {
            positions.put(key.substring(PREFIX.length()), position);
          }
        });
  }

  /** Whether something that is there cannot be read at present. */
  public boolean isUnread() {
    return unread;
  }

  /** Reads a piece and commits it. True: there is more to read right now. */
  public boolean poll(SourceSink sink) throws InterruptedException {
    unread = false;
    Batch batch = new Batch();
    Map<String, Position> moved = new HashMap<>();
    if (!begun) {
      batch.set(BEGUN, context.clock().instant().toString().getBytes(StandardCharsets.UTF_8));
    }
    for (SeenFile file : files()) {
      Position position = position(file, moved);
      try {
        read(file, position, batch, moved);
      } catch (IOException e) {
        unreadable(file.path(), e);
      }
      if (batch.isFull()) {
        break;
      }
    }
    moved.forEach((id, position) -> batch.set(PREFIX + id, position.toBytes()));
    boolean more = batch.isFull();
    forgetOldest(batch);
    batch.commit(sink);
    positions.putAll(moved);
    begun = true;
    return more;
  }

  /**
   * The files to read: those begun before new ones, those written last at the end, and of files
   * written at the same moment the rotated one first. A rotated one is found by what it is.
   */
  private List<SeenFile> files() {
    Map<String, SeenFile> found = new LinkedHashMap<>();
    try {
      for (Path path : paths.find()) {
        see(path, found);
      }
    } catch (IOException e) {
      unread = true;
      report("atof.unreadable", "the directory cannot be listed: " + e.getClass().getSimpleName());
    }
    rotated(found);
    if (found.isEmpty()) {
      report("atof.no_files", "there is no file at the configured paths yet");
    }
    List<SeenFile> files = new ArrayList<>(found.values());
    files.sort(
        Comparator.comparing((SeenFile file) -> !positions.containsKey(file.id()))
            .thenComparingLong(SeenFile::modified)
            .thenComparing(file -> file.path().toString(), Comparator.reverseOrder()));
    return files;
  }

  private void see(Path path, Map<String, SeenFile> found) {
    try {
      SeenFile file = SeenFile.of(path);
      found.putIfAbsent(file.id(), file);
    } catch (NoSuchFileException e) {
      // Moved away since the listing: the next poll finds it.
    } catch (IOException e) {
      unreadable(path, e);
    }
  }

  /** Files that were read before and have another name now, which the paths do not mean. */
  private void rotated(Map<String, SeenFile> found) {
    Set<Path> directories = new HashSet<>();
    Set<String> missing = new HashSet<>();
    positions.forEach(
        (id, position) -> {
          Path directory = Path.of(position.path()).getParent();
          if (!found.containsKey(id) && !gone.contains(id) && directory != null) {
            missing.add(id);
            directories.add(directory);
          }
        });
    for (Path directory : directories) {
      try {
        for (Path path : new FilePaths(List.of(directory + "/*")).find()) {
          SeenFile file = SeenFile.of(path);
          if (missing.contains(file.id())) {
            found.putIfAbsent(file.id(), file);
          }
        }
      } catch (IOException e) {
        // What is not found now is looked for again at the next poll.
        return;
      }
    }
    missing.removeAll(found.keySet());
    gone.addAll(missing);
  }

  private Position position(SeenFile file, Map<String, Position> moved) {
    Position known = positions.get(file.id());
    if (known != null && file.continues(known)) {
      return known;
    }
    boolean wasThere = known == null && !begun && !context.readsEverything();
    Position position =
        Position.beginning(file.path().toString(), file.head(), wasThere ? file.size() : 0);
    cursors.remove(file.id());
    moved.put(file.id(), position);
    return position;
  }

  private void read(SeenFile file, Position position, Batch batch, Map<String, Position> moved)
      throws IOException {
    FileCursor cursor = cursors.computeIfAbsent(file.id(), id -> new FileCursor(maxLine));
    if (cursor.hasSeen(file.size()) && cursor.offset() >= position.offset()) {
      return;
    }
    if (cursor.offset() > position.offset()) {
      // The commit of what was read last failed: read it again.
      cursor.moveTo(position.offset(), position.lines());
    }
    byte[] rest;
    try (FileChannel channel = FileChannel.open(file.path(), StandardOpenOption.READ)) {
      if (!SeenFile.of(file.path()).id().equals(file.id())) {
        return; // Another file has taken its place since the listing.
      }
      rest =
          cursor.read(
              channel,
              (line, end, number) -> {
                take(file, position, line, new Place(end, number), batch);
                return !batch.isFull();
              });
    } catch (NoSuchFileException e) {
      return;
    }
    if (rest != null && rest.length > 0 && context.readsEverything()) {
      lastLine(file, cursor, rest, batch);
    }
    if (cursor.offset() > position.offset()) {
      byte[] head = position.head().length < Position.HEAD ? file.head() : position.head();
      moved.put(
          file.id(),
          position.at(cursor.offset(), cursor.lines(), head).movedTo(file.path().toString()));
    }
  }

  /** Where a line is. */
  private record Place(long end, long number) {}

  private void take(
      SeenFile file, Position position, byte @Nullable [] line, Place place, Batch batch) {
    boolean known = place.end <= position.offset();
    Event event = event(line);
    long bytes = line == null ? maxLine : line.length;
    if (badLine != null && !known && place.end > position.silent()) {
      context
          .diagnostics()
          .report(
              Diagnostic.warning(
                  "atof.bad_line",
                  context.instance(),
                  file.path() + ":" + place.number + ": " + badLine));
    }
    if (event != null && !known && isWanted(event, place, position)) {
      batch.add(event, bytes);
    } else {
      batch.skip(bytes);
    }
  }

  private boolean isWanted(Event event, Place place, Position position) {
    if (place.end > position.silent()) {
      return true;
    }
    if (backfill == null) {
      return false;
    }
    long now = context.clock().instant().getEpochSecond();
    return event.header().timeNanos() / 1_000_000_000L >= now - backfill.toSeconds();
  }

  private @Nullable Event event(byte @Nullable [] line) {
    badLine = null;
    if (line == null) {
      badLine = "longer than " + maxLine + " bytes";
      return null;
    }
    return reader.readLine(line);
  }

  /** A run that ends takes a last line without its line break when it is a whole record. */
  private void lastLine(SeenFile file, FileCursor cursor, byte[] rest, Batch batch) {
    Event event = event(rest);
    if (event != null) {
      batch.add(event, rest.length);
      cursor.moveTo(file.size(), cursor.lines() + 1);
    }
  }

  private void forgetOldest(Batch batch) {
    List<String> ids = new ArrayList<>(gone);
    for (int i = 0; i < ids.size() && positions.size() > MOST_POSITIONS; i++) {
      if (positions.remove(ids.get(i)) != null) {
        batch.set(PREFIX + ids.get(i), null);
      }
    }
  }

  private void unreadable(Path path, IOException e) {
    unread = true;
    report("atof.unreadable", path + " cannot be read: " + e.getClass().getSimpleName());
  }

  private void report(String code, String message) {
    if (reported.add(code + message)) {
      context.diagnostics().report(Diagnostic.warning(code, context.instance(), message));
    }
  }
}
