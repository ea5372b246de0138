package io.fairlead.core.discovery;

import io.fairlead.core.fault.Words;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The isolated plugins of a directory, open. A library that {@linkplain #refreshed() replaces}
 * another shares the plugins that have not changed; whoever gives one of the two up closes what the
 * other does not use.
 */
public final class PluginLibrary {

  /** No plugins. */
  public static final PluginLibrary NONE = new PluginLibrary(null, List.of(), List.of());

  /** Code of the finding that a plugin is still in use although it was let go. */
  public static final String NOT_RELEASED = "plugin.not_released";

  private final @Nullable Path directory;
  private final List<IsolatedPlugin> plugins;
  private final List<Diagnostic> findings;

  private PluginLibrary(
      @Nullable Path directory, List<IsolatedPlugin> plugins, List<Diagnostic> findings) {
    this.directory = directory;
    this.plugins = List.copyOf(plugins);
    this.findings = List.copyOf(findings);
  }

  /** Opens what lies in a directory; null: nothing. */
  public static PluginLibrary open(@Nullable Path directory) {
    return directory == null ? NONE : open(directory, Map.of(), List.of());
  }

  /**
   * The plugins of the same directory as it is now. Those whose files are the same are shared; what
   * became of the others is a finding.
   */
  public PluginLibrary refreshed() {
    if (directory == null) {
      return this;
    }
    Map<PluginFiles, IsolatedPlugin> known = new HashMap<>();
    plugins.forEach(plugin -> known.put(plugin.files(), plugin));
    List<Path> before = plugins.stream().map(IsolatedPlugin::path).toList();
    return open(directory, known, before);
  }

  private static PluginLibrary open(
      Path directory, Map<PluginFiles, IsolatedPlugin> known, List<Path> before) {
    PluginDirectory content = PluginDirectory.read(directory);
    List<Diagnostic> findings = new ArrayList<>(content.findings());
    List<IsolatedPlugin> plugins = new ArrayList<>();
    List<Path> gone = new ArrayList<>(before);
    for (PluginFiles files : content.plugins()) {
      IsolatedPlugin same = known.get(files);
      boolean replaced = gone.remove(files.path()) && same == null;
      if (replaced) {
        findings.add(changed(files.path(), "was replaced; the new one is used from now on"));
      }
      if (same != null) {
        plugins.add(same);
        continue;
      }
      try {
        plugins.add(IsolatedPlugin.open(files));
      } catch (IOException e) {
        findings.add(IsolatedPlugin.unusable(files.path(), Words.of(e)));
      }
    }
    gone.forEach(path -> findings.add(changed(path, "is not there any more")));
    return new PluginLibrary(directory, plugins, findings);
  }

  private static Diagnostic changed(Path plugin, String what) {
    return Diagnostic.warning(
        "plugin.jar_changed", null, "The plugin " + plugin + " " + what + ".");
  }

  /**
   * A token that equals an earlier one as long as nothing in a directory of plugins has changed. No
   * plugin is opened.
   */
  public static Object stamp(@Nullable Path directory) {
    if (directory == null) {
      return List.of();
    }
    PluginDirectory content = PluginDirectory.read(directory);
    return List.of(content.plugins(), content.findings());
  }

  List<IsolatedPlugin> plugins() {
    return plugins;
  }

  /** What cannot be used, or is not any more what it was. */
  List<Diagnostic> findings() {
    return findings;
  }

  /**
   * Whether a class loader belongs to one of these plugins: then its path, else null.
   *
   * @param loader such as the context class loader of a thread
   */
  public @Nullable Path owner(@Nullable ClassLoader loader) {
    for (IsolatedPlugin plugin : plugins) {
      if (plugin.loader() == loader) {
        return plugin.path();
      }
    }
    return null;
  }

  /** Whether there is no plugin. */
  public boolean isEmpty() {
    return plugins.isEmpty();
  }

  /** The plugins that another library does not have. */
  public PluginLibrary without(PluginLibrary other) {
    List<IsolatedPlugin> rest = new ArrayList<>(plugins);
    rest.removeAll(other.plugins);
    return new PluginLibrary(directory, rest, List.of());
  }

  /** Lets go of the plugins. What cannot be let go is in what this returns. */
  public List<Diagnostic> close() {
    List<Diagnostic> trouble = new ArrayList<>();
    plugins.forEach(plugin -> plugin.close(trouble));
    return trouble;
  }
}
