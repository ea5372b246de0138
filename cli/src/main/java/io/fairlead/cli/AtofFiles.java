package io.fairlead.cli;

import io.fairlead.atof.AtofReader;
import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** {@link EventFiles} by Fairlead's own ATOF codec. */
final class AtofFiles implements EventFiles {

  private static final String INSTANCE = "replay";

  @Override
  public void read(Path file, Consumer<Event> events, BadLine badLines) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      new AtofReader(INSTANCE, badLines::accept).readAll(in, events);
    }
  }
}
