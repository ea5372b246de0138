package io.fairlead.runtimes.openclaw;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code sessions.json}: which session each key stands for, until 2026.8. */
final class SessionIndex {

  private static final long MAX_BYTES = 1L << 30;

  private static final Map<String, String> STATUSES =
      Stream.of("running", "done", "failed", "killed", "timeout")
          .collect(Collectors.toUnmodifiableMap(status -> status, status -> status));

  private final Path file;
  private Map<String, String> sessionByKey = Map.of();
  private Map<String, SessionInfo> infoById = Map.of();
  private @Nullable Object seen;

  SessionIndex(Path file) {
    this.file = file;
  }

  /** What is known of a session, or null. */
  @Nullable SessionInfo info(String sessionId) {
    return infoById.get(sessionId);
  }

  /** The session a key stands for now, or null. */
  @Nullable String sessionOf(String key) {
    return sessionByKey.get(key);
  }

  /**
   * Reads the file again when it was changed.
   *
   * @return the sessions whose key stands for another one now, with the session that followed
   */
  Map<String, String> refresh() {
    Object now = stamp();
    if (now.equals(seen)) {
      return Map.of();
    }
    Map<String, String> byKey = new HashMap<>();
    Map<String, SessionInfo> byId = new HashMap<>();
    if (!read(byKey, byId)) {
      return Map.of();
    }
    seen = now;
    Map<String, String> followed = new HashMap<>();
    sessionByKey.forEach(
        (key, id) -> {
          String next = byKey.get(key);
          if (next != null && !next.equals(id)) {
            followed.put(id, next);
          }
        });
    sessionByKey = byKey;
    infoById = byId;
    return followed;
  }

  private Object stamp() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.size() > MAX_BYTES
          ? ""
          : List.of(attributes.size(), attributes.lastModifiedTime());
    } catch (IOException e) {
      return "";
    }
  }

  private boolean read(Map<String, String> byKey, Map<String, SessionInfo> byId) {
    if (!Files.isRegularFile(file)) {
      return true;
    }
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      return JsonValue.forEachObject(
          in,
          (key, entry) -> {
            String id = entry.text("sessionId");
            if (id != null) {
              byKey.put(key, id);
              byId.put(id, info(key, entry));
            }
          });
    } catch (IOException e) {
      return false;
    }
  }

  private static SessionInfo info(String key, JsonValue entry) {
    return new SessionInfo(
        key,
        entry.text("spawnedBy"),
        null,
        RowReader.millis(entry.whole("sessionStartedAt")),
        status(entry.text("status")),
        RowReader.millis(entry.whole("endedAt")),
        // The index is written behind the transcript: its time says nothing about that.
        Row.NO_TIME);
  }

  /** One text for all sessions of a status. */
  private static @Nullable String status(@Nullable String status) {
    return status == null ? null : STATUSES.getOrDefault(status, status);
  }
}
