package io.fairlead.examples.console;

import io.fairlead.spi.Subscriber;
import io.fairlead.testkit.SubscriberContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class ConsoleLineTest extends SubscriberContract {

  @TempDir Path directory;

  @Override
  protected Subscriber subscriber() {
    return new ConsoleLine(directory.resolve("lines.txt"));
  }
}
