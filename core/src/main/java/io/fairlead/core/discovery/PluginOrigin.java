package io.fairlead.core.discovery;

import io.fairlead.spi.ComponentProvider;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the classes of plugins come from. */
public final class PluginOrigin {

  private static final String OURS = "io.fairlead.";
  private static final String EXAMPLES = "io.fairlead.examples.";
  private static final int DEEPEST = 32;

  private PluginOrigin() {}

  /** Where a class came from, for people: its JAR or directory. */
  public static String locationOf(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return String.valueOf(type.getModule());
    }
    URL location = source.getLocation();
    try {
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
      return location.toString();
    }
  }

  /** Whether a class is one of Fairlead's own. */
  public static boolean isBuiltIn(Class<?> type) {
    return type.getClassLoader() == PluginOrigin.class.getClassLoader()
        && type.getName().startsWith(OURS)
        && !type.getName().startsWith(EXAMPLES);
  }

  /** Whether a class was loaded by the class loader of an isolated plugin. */
  public static boolean isIsolated(Class<?> type) {
    return type.getClassLoader() instanceof PluginClassLoader;
  }

  /**
   * Advice when a plugin missed a class that the program has: an isolated plugin does not see it.
   * Null when that is not what happened.
   */
  public static @Nullable String hintForHiddenClass(
      @Nullable ClassLoader plugin, Throwable thrown) {
    if (!(plugin instanceof PluginClassLoader)) {
      return null;
    }
    Throwable e = thrown;
    for (int depth = 0; e != null && depth < DEEPEST; e = e.getCause(), depth++) {
      boolean missing = e instanceof NoClassDefFoundError || e instanceof ClassNotFoundException;
      if (missing && e.getMessage() != null && isInProgram(e.getMessage())) {
        return "The program has that class, but an isolated plugin sees the plugin interface and"
            + " the JDK alone: put what it needs beside it.";
      }
    }
    return null;
  }

  private static boolean isInProgram(String className) {
    String resource = className.replace('.', '/') + ".class";
    return ComponentProvider.class.getClassLoader().getResource(resource) != null;
  }
}
