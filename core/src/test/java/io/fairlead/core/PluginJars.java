package io.fairlead.core;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Makes plugins as authors do: compiles sources and packs them into JARs. */
final class PluginJars {

  private final Path work;
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, String> services = new LinkedHashMap<>();

  PluginJars(Path work) {
    this.work = work;
  }

  /** Adds a class. Its text begins with its package. */
  PluginJars source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  /** Names a provider of a service of the SPI. */
  PluginJars service(String service, String provider) {
    services.merge("io.fairlead.spi." + service, provider, (a, b) -> a + "\n" + b);
    return this;
  }

  /**
   * Adds an exporter that writes the names of events to the file {@code path}.
   *
   * @param members further members of the provider; may override what the base does
   */
  PluginJars exporter(String kind, String members) {
    String name = "plug." + kind + ".Provider";
    return source(
            "plug." + kind + ".Base",
            """
            package plug.%1$s;
            import io.fairlead.spi.*;
            import io.fairlead.spi.config.*;
            import io.fairlead.spi.event.*;
            import java.nio.file.*;
            import java.util.*;
            public class Base implements ExporterProvider {
              public String kind() { return "%1$s"; }
              public ConfigSpec configSpec() {
                return ConfigSpec.of(
                    FieldSpec.string("path", "A file."), FieldSpec.string("mode", "A word."));
              }
              public List<Subscriber> create(ComponentContext context) throws Exception {
                return List.of(new Lines(context));
              }
              public static class Lines implements Subscriber {
                final ComponentContext context;
                public Lines(ComponentContext context) { this.context = context; }
                public String name() { return context.instance(); }
                public Settings settings() {
                  return new Settings(10, java.time.Duration.ZERO, java.time.Duration.ZERO, true);
                }
                void write(String line) {
                  if (Thread.currentThread().getContextClassLoader() != getClass().getClassLoader()) {
                    line = "called with another context class loader: " + line;
                  }
                  try {
                    Files.writeString(Path.of(context.config().string("path")), line + "\\n",
                        StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }
                public DeliveryResult deliver(List<Event> events) {
                  for (Event event : events) write(event.header().name());
                  return DeliveryResult.done(events.size());
                }
              }
            }
            """
                .formatted(kind))
        .source(
            name,
            """
            package plug.%1$s;
            import io.fairlead.spi.*;
            import io.fairlead.spi.config.*;
            import io.fairlead.spi.event.*;
            import java.util.*;
            public class Provider extends Base {
              %2$s
            }
            """
                .formatted(kind, members))
        .service("ExporterProvider", name);
  }

  /** Compiles and packs; classes whose names begin with one of these are left out. */
  Path jar(Path jar, String... leftOut) throws IOException {
    Path classes = Files.createTempDirectory(work, "classes");
    compile(classes);
    services.forEach((service, provider) -> writeService(classes, service, provider));
    Files.createDirectories(jar.getParent());
    Path fresh = Files.createTempFile(work, "jar", null);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(fresh));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(file).toString().replace('\\', '/');
        if (Stream.of(leftOut).noneMatch(name -> entry.startsWith(name.replace('.', '/')))) {
          out.putNextEntry(new JarEntry(entry));
          Files.copy(file, out);
          out.closeEntry();
        }
      }
    }
    return Files.move(fresh, jar, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private void compile(Path classes) {
    if (sources.isEmpty()) {
      return;
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Source> units =
        sources.entrySet().stream().map(e -> new Source(e.getKey(), e.getValue())).toList();
    StringWriter said = new StringWriter();
    List<String> options =
        List.of(
            "-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
    boolean done = compiler.getTask(said, null, null, options, null, units).call();
    if (!done) {
      throw new AssertionError(said.toString());
    }
  }

  private static void writeService(Path classes, String service, String providers) {
    try {
      Path file = classes.resolve("META-INF/services/" + service);
      Files.createDirectories(file.getParent());
      Files.writeString(file, providers + "\n", UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + ".java"),
          JavaFileObject.Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
