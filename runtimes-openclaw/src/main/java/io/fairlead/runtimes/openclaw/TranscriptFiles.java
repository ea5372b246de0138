package io.fairlead.runtimes.openclaw;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The transcript files of an agent. Only {@code <uuid>.jsonl} is one: checkpoints, backups, reset
 * and deleted ones and trajectories hold copies, or nothing of the kind.
 */
final class TranscriptFiles {

  private static final String END = ".jsonl";
  private static final Pattern NAME =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.jsonl");

  /** A full listing may take up one part in so many of the time. */
  private static final int SHARE = 20;

  /** A listing that takes no longer is made at each look. */
  private static final long SHORT_NANOS = 50_000_000;

  private static final int MAX_RECENT = 200;

  private final Path directory;
  private final InstantSource clock;

  /** What was seen at the latest listing and since, as fingerprints: there may be very many. */
  private Fingerprints seen = new Fingerprints(0);

  private final Map<String, Stamp> recent =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Stamp> eldest) {
          return size() > MAX_RECENT;
        }
      };
  private Instant nextListing = Instant.MIN;

  /**
   * The files of a directory.
   *
   * @param clock the runtime's time, by which a directory that takes long is listed less often
   */
  TranscriptFiles(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** A file's size and the time of its last change. */
  record Stamp(long size, long modifiedMillis) {}

  /** A transcript that was changed since it was last asked for. */
  record Changed(String sessionId, Stamp stamp) {}

  Path file(String sessionId) {
    return directory.resolve(sessionId + END);
  }

  boolean has(String sessionId) {
    return isSessionId(sessionId) && Files.isRegularFile(file(sessionId));
  }

  /** Session ids come from a store too; only these can name a file. */
  private static boolean isSessionId(String id) {
    return NAME.matcher(id + END).matches();
  }

  /** The transcripts that are new or changed; all of them at the first call. */
  List<Changed> changed() throws IOException {
    if (clock.instant().isBefore(nextListing)) {
      return recentlyChanged();
    }
    long begun = System.nanoTime();
    List<Changed> changed = new ArrayList<>();
    Fingerprints before = seen;
    seen = new Fingerprints(before.size());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + END)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (NAME.matcher(name).matches()) {
          look(name.substring(0, name.length() - END.length()), before, changed);
        }
      }
    } catch (NoSuchFileException e) {
      // There are no transcripts, or none any more.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    long took = System.nanoTime() - begun;
    if (took > SHORT_NANOS) {
      nextListing = clock.instant().plusNanos(took * SHARE);
    }
    return changed;
  }

  private List<Changed> recentlyChanged() throws IOException {
    List<Changed> changed = new ArrayList<>();
    for (String id : List.copyOf(recent.keySet())) {
      look(id, seen, changed);
    }
    return changed;
  }

  private void look(String id, Fingerprints before, List<Changed> changed) throws IOException {
    try {
      BasicFileAttributes file = Files.readAttributes(file(id), BasicFileAttributes.class);
      Stamp stamp = new Stamp(file.size(), file.lastModifiedTime().toMillis());
      long print = Fingerprints.of(id, stamp.size(), stamp.modifiedMillis());
      boolean known = before.contains(print);
      seen.add(print);
      if (file.isRegularFile() && !known) {
        recent.put(id, stamp);
        changed.add(new Changed(id, stamp));
      }
    } catch (NoSuchFileException e) {
      recent.remove(id);
    }
  }
}
