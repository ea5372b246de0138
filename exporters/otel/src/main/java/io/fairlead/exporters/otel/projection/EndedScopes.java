package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Scopes that ended lately, with the metadata of their root where it is asked for. They are saved
 * together for each batch, as {@code ended/NUMBER}, so that a scope costs no value of its own.
 */
final class EndedScopes {

  /** How many are remembered, so that a second end shows nothing. */
  static final int MAX_ENDED = 4_096;

  private static final String ENDED = "ended/";
  private static final long FIRST = 1_000_000_000_000_000L;

  private final Map<UUID, Ended> scopes = new HashMap<>();
  private final Deque<Batch> batches = new ArrayDeque<>();
  private int size;
  private long next;

  private record Ended(long batch, @Nullable Json rootMetadata) {}

  private record Batch(long number, List<UUID> scopes) {}

  void restore(SourceState state) {
    scopes.clear();
    batches.clear();
    size = 0;
    state.forEach(
        ENDED,
        (key, value) -> {
          next = Long.parseLong(key.substring(ENDED.length()));
          add(decode(value));
        });
  }

  boolean contains(UUID uuid) {
    return scopes.containsKey(uuid);
  }

  @Nullable Json rootMetadata(UUID uuid) {
    Ended ended = scopes.get(uuid);
    return ended == null ? null : ended.rootMetadata();
  }

  /** Adds to {@code state} what {@link #accept} of the same would change. */
  void write(Map<String, byte @Nullable []> state, Map<UUID, @Nullable Json> more) {
    if (!more.isEmpty()) {
      superfluous(more.size()).forEach(batch -> state.put(key(batch.number()), null));
      state.put(key(next), encode(more));
    }
  }

  void accept(Map<UUID, @Nullable Json> more) {
    if (!more.isEmpty()) {
      superfluous(more.size()).forEach(this::forget);
      add(more);
    }
  }

  private List<Batch> superfluous(int more) {
    List<Batch> oldest = new ArrayList<>();
    int left = size + more;
    for (Batch batch : batches) {
      if (left <= MAX_ENDED) {
        break;
      }
      oldest.add(batch);
      left -= batch.scopes().size();
    }
    return oldest;
  }

  private void forget(Batch batch) {
    batches.remove(batch);
    size -= batch.scopes().size();
    // A scope that began and ended once more is remembered with the later batch.
    batch
        .scopes()
        .forEach(
            uuid ->
                scopes.computeIfPresent(
                    uuid, (same, ended) -> ended.batch() == batch.number() ? null : ended));
  }

  private void add(Map<UUID, @Nullable Json> more) {
    more.forEach((uuid, metadata) -> scopes.put(uuid, new Ended(next, metadata)));
    batches.add(new Batch(next, List.copyOf(more.keySet())));
    size += more.size();
    next++;
  }

  /** Numbers are padded, so that the order of keys is the order of batches. */
  private static String key(long number) {
    return ENDED + Long.toString(FIRST + number).substring(1);
  }

  /** Scopes under the metadata they share. */
  private static byte[] encode(Map<UUID, @Nullable Json> ended) {
    Map<@Nullable Json, List<UUID>> byMetadata = new LinkedHashMap<>();
    ended.forEach(
        (uuid, metadata) ->
            byMetadata.computeIfAbsent(metadata, same -> new ArrayList<>()).add(uuid));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      for (Map.Entry<@Nullable Json, List<UUID>> entry : byMetadata.entrySet()) {
        Json metadata = entry.getKey();
        OpenScopeState.text(out, metadata == null ? null : metadata.text());
        out.writeInt(entry.getValue().size());
        for (UUID uuid : entry.getValue()) {
          out.writeLong(uuid.getMostSignificantBits());
          out.writeLong(uuid.getLeastSignificantBits());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Map<UUID, @Nullable Json> decode(byte[] bytes) {
    Map<UUID, @Nullable Json> ended = new LinkedHashMap<>();
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      while (in.available() > 0) {
        String text = OpenScopeState.text(in);
        Json metadata = text == null ? null : new Json(text);
        for (int left = in.readInt(); left > 0; left--) {
          ended.put(new UUID(in.readLong(), in.readLong()), metadata);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ended;
  }
}
