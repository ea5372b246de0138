package io.fairlead.exporters.files;

import io.fairlead.atof.AtofWriter;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes each batch as lines and has the system put them on the disk before it acknowledges. After
 * a crash between the two the batch comes again, so its lines may stand in the file twice: a reader
 * tells by their UUIDs.
 */
final class AtofFileSubscriber implements Subscriber {

  private final String name;
  private final LineFile file;
  private final @Nullable Rotation rotation;
  private final AtofWriter writer = new AtofWriter();

  /**
   * A subscriber.
   *
   * @param rotation when to begin another file, or null: never
   */
  AtofFileSubscriber(String name, LineFile file, @Nullable Rotation rotation) {
    this.name = name;
    this.file = file;
    this.rotation = rotation;
  }

  @Override
  public String name() {
    return name;
  }

  /** Opens the file early; when that fails the first delivery says so and tries again. */
  @Override
  public void start(SourceState state) {
    try {
      file.open();
    } catch (IOException e) {
      file.close();
    }
  }

  @Override
  public DeliveryResult deliver(List<Event> events) throws IOException {
    try {
      file.open();
      if (rotation != null && file.synced() >= rotation.maxBytes()) {
        file.close();
        rotation.rotate(file.path());
        file.open();
      }
      for (Event event : events) {
        file.append(writer.line(event).getBytes(StandardCharsets.UTF_8));
      }
      file.sync();
      return DeliveryResult.done(events.size());
    } catch (ClosedByInterruptException e) {
      file.close();
      throw e;
    } catch (IOException e) {
      file.undo();
      return DeliveryResult.retry("cannot write " + file + ": " + e, null);
    }
  }

  @Override
  public void close() {
    file.close();
  }
}
