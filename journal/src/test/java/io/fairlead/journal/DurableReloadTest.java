package io.fairlead.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.ActivePlugins;
import io.fairlead.core.KernelOptions;
import io.fairlead.core.PluginConfig;
import io.fairlead.core.dispatch.Pauses;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One configuration in the place of another, over the journal. */
class DurableReloadTest {

  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int ROUNDS = 20;
  private static final int EVENTS = 30;

  @TempDir private Path home;

  /** Adds the names of events to a file; its {@code mode} is {@code down} or anything else. */
  public static final class Sink implements ExporterProvider {

    @Override
    public String kind() {
      return "sink";
    }

    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.of(
          FieldSpec.string("path", "A file."), FieldSpec.string("mode", "What it does."));
    }

    @Override
    public List<Subscriber> create(ComponentContext context) {
      Path path = Path.of(context.config().string("path"));
      boolean down = context.config().string("mode").equals("down");
      return List.of(
          new Subscriber() {
            @Override
            public Settings settings() {
              return new Settings(7, Duration.ZERO, Duration.ZERO, true);
            }

            @Override
            public DeliveryResult deliver(List<Event> events) throws IOException {
              if (down) {
                return DeliveryResult.retry("down", null);
              }
              List<String> names = events.stream().map(event -> event.header().name()).toList();
              Files.write(path, names, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
              return DeliveryResult.done(events.size());
            }

            @Override
            public String name() {
              return "file";
            }
          });
    }
  }

  private Path lines() {
    return home.resolve("lines.txt");
  }

  private PluginConfig document(String mode) {
    return PluginConfig.parse(
        """
        [[components]]
        kind = "sink"
        config = { path = "%s", mode = "%s" }
        """
            .formatted(lines(), mode));
  }

  private static Event mark(int number) {
    UUID id = new UUID(0, number);
    return new Mark(new EventHeader(id, null, id, number, "mark-" + number, Origin.of("test")));
  }

  @Test
  void everyEventArrivesOnceAndInOrder() throws Exception {
    Path services = home.resolve("classes/META-INF/services");
    Files.createDirectories(services);
    Files.writeString(services.resolve(ExporterProvider.class.getName()), Sink.class.getName());
    URL[] classes = {home.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader());
        ActivePlugins active =
            document("down")
                .initialize(
                    KernelOptions.builder()
                        .classLoader(loader)
                        .dataDir(home.resolve("data"))
                        .retryPauses(new Pauses(Duration.ofMillis(5), Duration.ofMillis(20)))
                        .build())) {
      for (int round = 0; round < ROUNDS; round++) {
        IntStream.range(round * EVENTS, (round + 1) * EVENTS)
            .forEach(number -> active.hub().emit(mark(number)));
        String mode = round % 4 == 0 ? "down" : "up " + round;
        assertThat(active.reload(document(mode)).applied()).isTrue();
      }
      assertThat(active.flush(SOON).complete()).isTrue();
      assertThat(Files.readAllLines(lines()))
          .isEqualTo(IntStream.range(0, ROUNDS * EVENTS).mapToObj(n -> "mark-" + n).toList());
      assertThat(active.runtimeDiagnostics())
          .allSatisfy(finding -> assertThat(finding.code()).isEqualTo("exporter.delivery_delayed"));
    }
  }
}
