package io.fairlead.examples.together;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.ActivePlugins;
import io.fairlead.core.KernelOptions;
import io.fairlead.core.PluginConfig;
import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeEnd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples as users get them: JARs in a directory, each with a class loader of its own. */
class ExamplesTest {

  private static final Duration SOON = Duration.ofSeconds(20);

  /** Module by name of its JAR. */
  private static final Map<String, String> EXAMPLES =
      Map.of("console.jar", "drop-in", "lines.jar", "adapter", "flat.jar", "pricing");

  @TempDir Path directory;

  @BeforeEach
  void pack() throws IOException {
    Files.createDirectory(plugins());
    for (Map.Entry<String, String> example : EXAMPLES.entrySet()) {
      pack(
          Path.of("..", example.getValue(), "target", "classes"),
          plugins().resolve(example.getKey()));
    }
  }

  private Path plugins() {
    return directory.resolve("plugins");
  }

  private static void pack(Path classes, Path jar) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
  }

  @Test
  void anAdapterReadsAPricingPricesAndAnExporterWrites() throws Exception {
    Path calls =
        Files.writeString(
            directory.resolve("calls.txt"),
            "t1 2026-11-21T12:00:00Z 2026-11-21T12:00:02Z house-model 1000 200\n");
    Path lines = directory.resolve("lines.txt");
    PluginConfig document =
        PluginConfig.parse(
            """
            [[components]]
            kind = "call_lines"
            config = { file = "%s" }
            [[components]]
            kind = "flat_rate"
            config = { model = "house-model", per_million = 0.5 }
            [[components]]
            kind = "console_line"
            config = { path = "%s" }
            """
                .formatted(calls, lines));
    List<Event> events = new CopyOnWriteArrayList<>();
    Subscriber recorder =
        batch -> {
          events.addAll(batch);
          return Subscriber.DeliveryResult.done(batch.size());
        };
    KernelOptions options =
        KernelOptions.builder()
            .pluginsDir(plugins())
            .readsEverything(true)
            .subscriber("recorder", recorder)
            .build();
    try (ComponentCatalog catalog = PluginConfig.catalog(options)) {
      assertThat(catalog.findings()).isEmpty();
      assertThat(catalog.entries().stream().filter(ComponentCatalog.Entry::isolated))
          .extracting(ComponentCatalog.Entry::kind)
          .containsExactly("call_lines", "console_line", "flat_rate");
    }
    try (ActivePlugins active = document.initialize(options)) {
      assertThat(active.awaitSources(SOON).complete()).isTrue();
      assertThat(active.flush(SOON).complete()).isTrue();
      assertThat(active.runtimeDiagnostics()).isEmpty();
    }
    assertThat(Files.readAllLines(lines))
        .containsExactly("llm house-model 2.000s house-model", "agent agent 2.000s");
    assertThat(events.stream().filter(ScopeEnd.class::isInstance).map(ExamplesTest::cost))
        .containsExactly("0.0006", "none");
  }

  private static String cost(Event end) {
    Cost cost = ((ScopeEnd) end).profile() instanceof LlmProfile call ? call.cost() : null;
    return cost == null ? "none" : cost.amount().stripTrailingZeros().toPlainString();
  }
}
