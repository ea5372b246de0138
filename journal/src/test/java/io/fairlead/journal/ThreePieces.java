package io.fairlead.journal;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.config.ConfigSpec;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** An adapter of six marks in three pieces, found through a class loader of its own. */
public final class ThreePieces implements RuntimeAdapterProvider {

  /** Called by {@code ServiceLoader}. */
  public ThreePieces() {}

  /** Sees this provider, which the tests' class path does not register. */
  static final class Loader extends URLClassLoader {

    Loader(Path directory) throws IOException {
      super(new URL[0], ThreePieces.class.getClassLoader());
      Path services = directory.resolve("META-INF/services");
      Files.createDirectories(services);
      Files.writeString(
          services.resolve(RuntimeAdapterProvider.class.getName()), ThreePieces.class.getName());
      addURL(directory.toUri().toURL());
    }
  }

  @Override
  public String kind() {
    return "three_pieces";
  }

  @Override
  public ConfigSpec configSpec() {
    return ConfigSpec.EMPTY;
  }

  @Override
  public RuntimeAdapter create(ComponentContext context) {
    return new RuntimeAdapter() {
      private int next = 1;

      @Override
      public void start(SourceState state) {
        byte[] at = state.get("next");
        next = at == null ? 1 : at[0];
      }

      @Override
      public Poll poll(SourceSink sink) throws InterruptedException {
        if (next > 6) {
          return Poll.idle(Duration.ofHours(1), 0);
        }
        sink.commit(
            JournalTest.marks(next, next + 1L), Map.of("next", new byte[] {(byte) (next + 2)}));
        next += 2;
        return Poll.again(0);
      }
    };
  }
}
