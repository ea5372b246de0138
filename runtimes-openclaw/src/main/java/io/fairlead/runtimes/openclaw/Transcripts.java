package io.fairlead.runtimes.openclaw;

import io.fairlead.runtimes.openclaw.AgentStore.Archive;
import io.fairlead.runtimes.openclaw.AgentStore.Line;
import io.fairlead.runtimes.openclaw.AgentStore.Place;
import io.fairlead.runtimes.openclaw.OpenClawHome.Agent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads transcripts and remembers those read last, so that of one that grows only the new lines are
 * read. Bounded: the longest unused ones are forgotten and read again when they are needed.
 */
final class Transcripts {

  private static final int MAX_ROWS = 20_000;
  private static final long MAX_ARCHIVE_BYTES = 512L << 20;
  private static final int CHECK_BYTES = 64;

  /** How often a session that is being rewritten is begun again in one look. */
  private static final int ATTEMPTS = 3;

  private final Agent agent;
  private final TranscriptFiles files;
  private final boolean captureContent;
  private final Map<String, Known> known = new LinkedHashMap<>(16, 0.75f, true);
  private int knownRows;

  Transcripts(Agent agent, TranscriptFiles files, boolean captureContent) {
    this.agent = agent;
    this.files = files;
    // Texts are held with the rows, so fewer rows may be held.
    this.captureContent = captureContent;
  }

  /** What was read of a session. */
  private final class Known {
    private RowReader fileReader = new RowReader(captureContent);
    private RowReader storeReader = new RowReader(captureContent);
    private List<Row> fromFile = new ArrayList<>();
    private List<Row> fromStore = new ArrayList<>();
    private long offset;
    private byte[] before = new byte[0];
    private long seq = Long.MIN_VALUE;
    private String generation = "";

    int rows() {
      return fromFile.size() + fromStore.size();
    }

    void forgetFile() {
      fileReader = new RowReader(captureContent);
      fromFile = new ArrayList<>();
      offset = 0;
      before = new byte[0];
    }

    void forgetStore() {
      storeReader = new RowReader(captureContent);
      fromStore = new ArrayList<>();
      seq = Long.MIN_VALUE;
    }

    void addFromFile(String line) {
      Row row = fileReader.read(line);
      if (row != null) {
        fromFile.add(row);
      }
    }

    void addFromStore(@Nullable String line) {
      Row row = line == null ? null : storeReader.read(line);
      if (row != null) {
        fromStore.add(row);
      }
    }
  }

  /**
   * A session as it is now.
   *
   * @param store the agent's store, or null when there is none
   */
  Transcript of(String sessionId, @Nullable AgentStore store, SessionInfo info)
      throws SQLException, IOException {
    Known session = known.computeIfAbsent(sessionId, id -> new Known());
    int rows = session.rows();
    if (store != null) {
      readStore(session, sessionId, store);
    }
    if (files.has(sessionId)) {
      readFile(session, files.file(sessionId));
    }
    knownRows += session.rows() - rows;
    forgetOld(session);
    return Transcript.of(sessionId, info, session.fromFile, session.fromStore, session.offset);
  }

  /** Forgets everything: what is needed is read again. */
  void clear() {
    known.clear();
    knownRows = 0;
  }

  private void forgetOld(Known current) {
    int most = captureContent ? MAX_ROWS / 8 : MAX_ROWS;
    Iterator<Known> oldest = known.values().iterator();
    while (knownRows > most && oldest.hasNext()) {
      Known session = oldest.next();
      if (session != current) {
        knownRows -= session.rows();
        oldest.remove();
      }
    }
  }

  private void readStore(Known session, String sessionId, AgentStore store)
      throws SQLException, IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String generation = store.generation(sessionId);
      if (!generation.equals(session.generation)) {
        session.forgetStore();
        session.generation = generation;
      }
      readLines(session, sessionId, store);
      if (store.generation(sessionId).equals(generation)) {
        break;
      }
    }
    if (session.seq == Long.MIN_VALUE && session.fromStore.isEmpty()) {
      readArchive(session, sessionId, store);
    }
  }

  private static void readLines(Known session, String sessionId, AgentStore store)
      throws SQLException {
    for (List<Line> lines = store.lines(sessionId, session.seq);
        !lines.isEmpty();
        lines = store.lines(sessionId, session.seq)) {
      for (Line line : lines) {
        session.addFromStore(line.json());
        session.seq = line.seq();
      }
    }
  }

  private void readArchive(Known session, String sessionId, AgentStore store)
      throws SQLException, IOException {
    Archive archive = store.archive(Place.COLD, sessionId);
    if (archive == null) {
      archive = store.archive(Place.ARCHIVED, sessionId);
    }
    if (archive == null) {
      return;
    }
    try (InputStream in = open(archive)) {
      if (in != null) {
        LineReader lines = new LineReader(session::addFromStore);
        lines.read(in, MAX_ARCHIVE_BYTES);
        lines.finish();
      }
    } catch (IOException | RuntimeException e) {
      // The decompressor throws unchecked on bytes that are no zstd: the archive is unreadable.
      session.forgetStore();
    }
  }

  private @Nullable InputStream open(Archive archive) throws IOException {
    if (archive.content() != null) {
      return archive.content();
    }
    String name = archive.fileName();
    if (name == null || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
      return null;
    }
    Path file = agent.coldArchives().resolve(name);
    return Files.isRegularFile(file) ? Zstd.stream(Files.newInputStream(file)) : null;
  }

  private static void readFile(Known session, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < session.offset || !Arrays.equals(before(channel, session), session.before)) {
        session.forgetFile();
      }
      channel.position(session.offset);
      LineReader lines = new LineReader(session::addFromFile);
      long read = lines.read(Channels.newInputStream(channel), size - session.offset);
      session.offset += read;
      session.before = before(channel, session);
    } catch (NoSuchFileException e) {
      // Renamed between the question and the opening: what was read of it stands.
    }
  }

  /** The bytes before the place that was read up to; others when the file was written anew. */
  private static byte[] before(FileChannel channel, Known session) throws IOException {
    long from = Math.max(0, session.offset - CHECK_BYTES);
    ByteBuffer buffer = ByteBuffer.allocate((int) (session.offset - from));
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        break;
      }
    }
    return Arrays.copyOf(buffer.array(), buffer.position());
  }
}
