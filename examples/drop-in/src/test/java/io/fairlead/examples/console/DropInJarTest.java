package io.fairlead.examples.console;

import static io.fairlead.testkit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.testkit.Fixtures;
import io.fairlead.testkit.TestContext;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin as users get it: one JAR that sees the SPI and the platform and nothing else. */
class DropInJarTest {

  @TempDir Path directory;

  @Test
  void theJarIsFoundAndWorksWithTheSpiAlone() throws Exception {
    Path lines = directory.resolve("lines.txt");
    try (URLClassLoader loader = new URLClassLoader(new URL[] {jar().toUri().toURL()}, spiOnly())) {
      ExporterProvider provider =
          ServiceLoader.load(ExporterProvider.class, loader).findFirst().orElseThrow();
      assertThat(provider.getClass().getClassLoader()).isSameAs(loader);
      assertThat(provider.kind()).isEqualTo("console_line");

      List<Subscriber> subscribers =
          provider.create(TestContext.of(provider, table("path", lines.toString())));
      try (Subscriber subscriber = subscribers.get(0)) {
        subscriber.deliver(Fixtures.turn());
      }
    }
    assertThat(lines).content().contains("agent travel-agent 6.000s");
  }

  private Path jar() throws Exception {
    Path classes =
        Path.of(
            ConsoleLineProvider.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = directory.resolve("drop-in.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> content = Files.walk(classes)) {
      for (Path entry : content.filter(Files::isRegularFile).sorted().toList()) {
        add(out, classes, entry);
      }
    }
    return jar;
  }

  private static void add(JarOutputStream out, Path classes, Path file) throws IOException {
    out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
    Files.copy(file, out);
    out.closeEntry();
  }

  /** Shows what a plugin's own loader shows: the platform and the SPI. */
  private static ClassLoader spiOnly() {
    ClassLoader all = DropInJarTest.class.getClassLoader();
    return new ClassLoader(ClassLoader.getPlatformClassLoader()) {
      @Override
      protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (name.startsWith("io.fairlead.spi.")) {
          return all.loadClass(name);
        }
        throw new ClassNotFoundException(name);
      }
    };
  }
}
