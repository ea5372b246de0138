package io.fairlead.cli;

import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** {@link EventFiles} by Fairlead's own ATOF codec. */
final class AtofFiles implements EventFiles {

  @Override
  public void read(Path file, Consumer<Event> events, BadLine badLines) throws IOException {
    throw new IOException("no codec");
  }
}
