package io.fairlead.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ComponentProvider;
import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderScannerTest {

  @TempDir private Path plugin;

  /** Does what a provider must. */
  public static class Good implements ExporterProvider {
    @Override
    public String kind() {
      return "good";
    }

    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.EMPTY;
    }

    @Override
    public List<Subscriber> create(ComponentContext context) {
      return List.of();
    }
  }

  /** Claims a name that is taken. */
  public static class Twin extends Good {}

  /** Has the name of an exporter, under another service. */
  public static class Rival implements RuntimeAdapterProvider {
    @Override
    public String kind() {
      return "good";
    }

    @Override
    public ConfigSpec configSpec() {
      return ConfigSpec.EMPTY;
    }

    @Override
    public RuntimeAdapter create(ComponentContext context) {
      throw new IllegalStateException();
    }
  }

  /** Was built for another version. */
  public static class Old extends Good {
    @Override
    public String kind() {
      return "old";
    }

    @Override
    public int spiMajor() {
      return 0;
    }
  }

  /** Throws at once. */
  public static class Throwing extends Good {
    /** Throws. */
    public Throwing() {
      throw new IllegalStateException("no licence");
    }
  }

  /** Cannot even be initialised. */
  public static class Uninitialised extends Good {
    private static final int PORT = Integer.parseInt("no number");

    @Override
    public String kind() {
      return "port" + PORT;
    }
  }

  /** Misses a class. */
  public static class Incomplete extends Good {
    @Override
    public String kind() {
      throw new NoClassDefFoundError("org/example/Helper");
    }
  }

  /** Has no valid name. */
  public static class Misnamed extends Good {
    @Override
    public String kind() {
      return "Not A Kind";
    }
  }

  private ComponentCatalog scan(String... lines) throws Exception {
    for (Class<?> service : List.of(ExporterProvider.class, RuntimeAdapterProvider.class)) {
      Path file = plugin.resolve("META-INF/services/" + service.getName());
      Files.createDirectories(file.getParent());
      Files.write(
          file,
          List.of(lines).stream()
              .filter(line -> line.endsWith("Rival") == (service == RuntimeAdapterProvider.class))
              .toList());
    }
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {plugin.toUri().toURL()}, getClass().getClassLoader())) {
      return new ProviderScanner(loader).scan();
    }
  }

  private static String name(Class<?> type) {
    return type.getName();
  }

  @Test
  void oneBadProviderKeepsNoGoodOneAway() throws Exception {
    ComponentCatalog catalog =
        scan(
            "org.example.NotThere",
            name(Throwing.class),
            name(Incomplete.class),
            name(Uninitialised.class),
            name(Misnamed.class),
            name(ProviderScannerTest.class),
            name(Good.class));

    ComponentProvider good = catalog.provider("good");
    assertThat(good).isInstanceOf(Good.class);
    // The core's own providers are no plugins of the test.
    assertThat(catalog.entries())
        .filteredOn(entry -> !(entry.provider() instanceof PricingProvider))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.provider()).isSameAs(good);
              assertThat(entry.location()).contains("test-classes");
            });
    assertThat(catalog.findings())
        .hasSize(6)
        .allMatch(finding -> finding.code().equals("plugin.load_failed"))
        .allMatch(finding -> finding.level() == Level.WARNING);
    assertThat(catalog.findings())
        .extracting(Diagnostic::message)
        .anyMatch(message -> message.contains("org.example.NotThere"))
        .anyMatch(message -> message.contains("Throwing") && message.contains("no licence"))
        .anyMatch(
            message ->
                message.contains("Incomplete of /")
                    && message.contains("a class is missing: org.example.Helper"))
        .anyMatch(
            message ->
                message.contains("Uninitialised of /")
                    && message.contains("static initialiser failed")
                    && message.contains("no number"))
        .anyMatch(message -> message.contains("'Not A Kind'"));
  }

  @Test
  void aTakenNameNamesBoth() throws Exception {
    ComponentCatalog catalog = scan(name(Good.class), name(Twin.class));
    assertThat(catalog.provider("good")).isInstanceOf(Good.class);
    assertThat(catalog.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.code()).isEqualTo("plugin.duplicate_provider");
              assertThat(finding.component()).isEqualTo("good");
              assertThat(finding.message()).contains(name(Good.class), name(Twin.class));
            });
  }

  @Test
  void aKindMayBeAnExporterAndAnotherComponent() {
    ComponentCatalog catalog =
        new ComponentCatalog(
            List.of(
                new ComponentCatalog.Entry("good", new Good(), "a"),
                new ComponentCatalog.Entry("good", new Rival(), "b")),
            List.of());
    assertThat(catalog.provider("good")).isInstanceOf(Rival.class);
    assertThat(catalog.entries()).hasSize(2);
  }

  @Test
  void anotherSpiVersionIsRefused() throws Exception {
    ComponentCatalog catalog = scan(name(Old.class));
    assertThat(catalog.provider("old")).isNull();
    assertThat(catalog.findings())
        .extracting(Diagnostic::code)
        .containsExactly("plugin.incompatible_spi");
  }

  @Test
  void loadersThatSeeTheSameFindItOnce() throws Exception {
    scan(name(Good.class));
    URL[] urls = {plugin.toUri().toURL()};
    try (URLClassLoader parent = new URLClassLoader(urls, getClass().getClassLoader());
        URLClassLoader child = new URLClassLoader(new URL[0], parent)) {
      ComponentCatalog catalog = new ProviderScanner(parent, child).scan();
      assertThat(catalog.provider("good")).isNotNull();
      assertThat(catalog.findings()).isEmpty();
    }
  }
}
