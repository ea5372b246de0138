package io.fairlead.core.discovery;

import io.fairlead.core.fault.Words;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/** A plugin with a class loader of its own. */
final class IsolatedPlugin {

  static final String NO_PROVIDER = "plugin.no_provider";

  private final PluginFiles files;
  private final PluginClassLoader loader;

  private IsolatedPlugin(PluginFiles files, PluginClassLoader loader) {
    this.files = files;
    this.loader = loader;
  }

  /**
   * Opens a plugin.
   *
   * @throws IOException when one of its JARs is none; the message names it
   */
  static IsolatedPlugin open(PluginFiles files) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (PluginFiles.Jar jar : files.jars()) {
      // A class loader passes over what it cannot open, and then classes are missing.
      try (ZipFile zip = new ZipFile(jar.path().toFile())) {
        urls.add(jar.path().toUri().toURL());
      } catch (IOException e) {
        throw new IOException(jar.path().getFileName() + ": " + Words.of(e), e);
      }
    }
    String name = String.valueOf(files.path().getFileName());
    return new IsolatedPlugin(files, new PluginClassLoader(name, urls.toArray(URL[]::new)));
  }

  static Diagnostic unusable(Path plugin, String reason) {
    return Diagnostic.warning(
            ProviderScanner.LOAD_FAILED,
            null,
            "The plugin " + plugin + " cannot be used: " + reason + ".")
        .withHint("Replace the JAR, or remove it.");
  }

  PluginFiles files() {
    return files;
  }

  /** JAR or directory. */
  Path path() {
    return files.path();
  }

  ClassLoader loader() {
    return loader;
  }

  void close(List<Diagnostic> findings) {
    try {
      loader.close();
    } catch (IOException e) {
      findings.add(
          Diagnostic.warning(
              PluginLibrary.NOT_RELEASED,
              null,
              "The files of the plugin " + path() + " could not be let go: " + Words.of(e) + "."));
    }
  }
}
