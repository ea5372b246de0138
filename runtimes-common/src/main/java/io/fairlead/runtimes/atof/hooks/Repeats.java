package io.fairlead.runtimes.atof.hooks;

import io.fairlead.spi.SourceState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Knows hooks that were sent again because their answer was lost: a session's last one once more,
 * or an earlier one of the turn that names the call it is about.
 */
final class Repeats {

  private static final String SEEN = "hooks/seen/";
  private static final int MOST_SESSIONS = 1_000;
  private static final int MOST_BODIES = 256;

  private final Map<String, Deque<String>> seen = new LinkedHashMap<>();

  void load(SourceState state) {
    seen.clear();
    state.forEach(
        SEEN,
        (key, bodies) ->
            seen.put(
                key.substring(SEEN.length()),
                new ArrayDeque<>(List.of(new String(bodies, StandardCharsets.UTF_8).split("\n")))));
  }

  /** Whether a request was there before; remembers it. */
  boolean isAgain(HookEvent first, byte[] body, Map<String, byte @Nullable []> changes) {
    String key = first.key();
    String print = Fingerprint.of(body);
    Deque<String> bodies = seen.getOrDefault(key, new ArrayDeque<>());
    if (print.equals(bodies.peekLast()) || (first.isIdentified() && bodies.contains(print))) {
      return true;
    }
    if (first.kind().isBoundary()) {
      bodies.clear();
    }
    bodies.addLast(print);
    if (bodies.size() > MOST_BODIES) {
      bodies.removeFirst();
    }
    // Those used last stand at the end.
    seen.remove(key);
    seen.put(key, bodies);
    changes.put(SEEN + key, String.join("\n", bodies).getBytes(StandardCharsets.UTF_8));
    if (seen.size() > MOST_SESSIONS) {
      String oldest = seen.keySet().iterator().next();
      seen.remove(oldest);
      changes.put(SEEN + oldest, null);
    }
    return false;
  }
}
