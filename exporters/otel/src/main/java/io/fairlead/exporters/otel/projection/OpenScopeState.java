package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.EventCodec;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Open scopes as saved values: {@code open/UUID} for a scope, {@code mark/UUID/NUMBER} for each
 * mark that waits for its end, so that a further mark adds a value and rewrites none.
 */
final class OpenScopeState {

  private static final String OPEN = "open/";
  private static final String MARK = "mark/";
  private static final EventCodec CODEC = new EventCodec();

  private OpenScopeState() {}

  /** Adds to {@code state} what turns the saved scope into the present one; null: there is none. */
  static void write(
      Map<String, byte @Nullable []> state,
      UUID uuid,
      @Nullable OpenScope saved,
      @Nullable OpenScope present) {
    int savedMarks = saved == null ? 0 : saved.marks().size();
    if (present == null) {
      if (saved != null) {
        state.put(OPEN + uuid, null);
      }
      for (int i = 0; i < savedMarks; i++) {
        state.put(mark(uuid, i), null);
      }
      return;
    }
    if (saved == null || !saved.below().equals(present.below())) {
      state.put(OPEN + uuid, bytes(present));
    }
    for (int i = savedMarks; i < present.marks().size(); i++) {
      state.put(mark(uuid, i), CODEC.encode(present.marks().get(i)));
    }
  }

  static Map<UUID, OpenScope> read(SourceState state) {
    Map<UUID, OpenScope> scopes = new LinkedHashMap<>();
    state.forEach(
        OPEN,
        (key, value) -> scopes.put(UUID.fromString(key.substring(OPEN.length())), scope(value)));
    state.forEach(
        MARK,
        (key, value) -> {
          UUID uuid = UUID.fromString(key.substring(MARK.length(), key.lastIndexOf('/')));
          if (CODEC.decode(value) instanceof Mark mark) {
            scopes.computeIfPresent(uuid, (same, scope) -> scope.with(mark));
          }
        });
    return scopes;
  }

  /** Numbers are padded, so that the order of keys is the order of marks. */
  private static String mark(UUID uuid, int number) {
    return MARK + uuid + "/" + Integer.toString(1_000_000 + number).substring(1);
  }

  private static byte[] bytes(OpenScope scope) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      text(out, scope.below().errorType());
      text(out, scope.below().exceptionType());
      text(out, scope.metadata() == null ? null : scope.metadata().text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static OpenScope scope(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      Failure below = new Failure(text(in), text(in));
      String metadata = text(in);
      return new OpenScope(List.of(), below, metadata == null ? null : new Json(metadata));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void text(DataOutputStream out, @Nullable String value) throws IOException {
    byte[] bytes = value == null ? new byte[0] : value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(value == null ? -1 : bytes.length);
    out.write(bytes);
  }

  static @Nullable String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    return length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
