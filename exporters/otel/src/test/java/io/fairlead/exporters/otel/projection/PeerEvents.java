package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.AtofReader;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Recordings beside the tests. */
final class PeerEvents {

  private PeerEvents() {}

  /** The events of a recorded ATOF stream. */
  static List<Event> read(String resource) throws IOException {
    List<Event> events = new ArrayList<>();
    AtofReader reader =
        new AtofReader(
            "test",
            (line, reason) -> {
              throw new AssertionError(line + ": " + reason);
            });
    try (InputStream in = PeerEvents.class.getResourceAsStream(resource)) {
      reader.readAll(Objects.requireNonNull(in, resource), events::add);
    }
    return events;
  }

  static @Nullable Object parse(String json) {
    return JsonTree.sorted(new Json(json));
  }

  static String text(String resource) throws IOException {
    try (InputStream in = PeerEvents.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(in, resource).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
