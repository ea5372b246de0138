package io.fairlead.atof;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fairlead.spi.event.Event;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Lines of test files. */
final class Lines {

  private Lines() {}

  static List<String> resource(String name) {
    try (InputStream in = Objects.requireNonNull(Lines.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The events of good lines; a bad one fails. */
  static List<Event> read(List<String> lines) {
    AtofReader reader =
        new AtofReader(
            "atof",
            (line, reason) -> {
              throw new AssertionError("line " + line + ": " + reason);
            });
    List<Event> events = new ArrayList<>();
    try {
      reader.readAll(
          new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)), events::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events;
  }
}
