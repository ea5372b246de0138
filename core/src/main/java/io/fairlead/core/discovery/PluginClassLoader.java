package io.fairlead.core.discovery;

import io.fairlead.spi.ComponentProvider;
import java.net.URL;
import java.net.URLClassLoader;

/**
 * The classes of one isolated plugin. Its parent shows the JDK and the plugin interface and nothing
 * else of the program, so that a plugin brings its libraries in the versions it wants.
 */
final class PluginClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  PluginClassLoader(String name, URL[] jars) {
    super(name, jars, new InterfaceLoader(ComponentProvider.class.getClassLoader()));
  }

  /** Shows the plugin interface of the program. */
  private static final class InterfaceLoader extends ClassLoader {

    private static final String PACKAGES = "io.fairlead.spi.";

    static {
      registerAsParallelCapable();
    }

    private final ClassLoader program;

    InterfaceLoader(ClassLoader program) {
      super("fairlead-spi", ClassLoader.getPlatformClassLoader());
      this.program = program;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith(PACKAGES)) {
        return program.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
