package io.fairlead.core.layers;

import io.fairlead.core.config.TomlDocument;
import io.fairlead.core.config.TomlReader;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files that are there and lays them, and a program's document, over each other. The
 * explicit or the user's file is the weakest, the system's beats it, the program's document beats
 * both. One file under two names counts once, at its stronger place.
 */
public final class LayerReader {

  private static final String INHERITED = "plugin.configuration_inherited";
  private static final String REENABLED = "plugin.component_reenabled";

  /** What NeMo Relay calls the explicit file, for programs that read its reports. */
  private static final String EXPLICIT_FIELD = "additional_plugins_toml";

  private final ConfigFiles places;
  private final Function<String, @Nullable String> environment;
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final List<Path> read = new ArrayList<>();
  private final List<LayeredDocument.Repeated> repeated = new ArrayList<>();
  private final EnabledWords enabledWords = new EnabledWords();

  private LayerReader(ConfigFiles places, Function<String, @Nullable String> environment) {
    this.places = places;
    this.environment = environment;
  }

  /**
   * Reads the files.
   *
   * @param code a program's document to lay on top, or null
   */
  public static LayeredDocument read(
      ConfigFiles places,
      ConfigNode.@Nullable Table code,
      Function<String, @Nullable String> environment) {
    return new LayerReader(places, environment).layers(code);
  }

  private LayeredDocument layers(ConfigNode.@Nullable Table code) {
    List<ConfigNode.Table> layers = new ArrayList<>();
    List<Path> files = distinct(places.candidates());
    if (places.explicit() != null && !Files.exists(places.explicit())) {
      diagnostics.add(missing(places.explicit()));
    }
    files.stream().filter(Files::exists).forEach(file -> layers.add(layer(file)));
    if (code != null) {
      enabledWords.overruled(code).forEach(this::reenabled);
      layers.add(code);
    }
    LayerStack stack = LayerStack.of(layers, environment);
    return new LayeredDocument(
        stack.merged(),
        diagnostics,
        read,
        stack.older(),
        repeated,
        enabledWords.disabledBeside(stack.merged()));
  }

  private ConfigNode.Table layer(Path file) {
    TomlDocument document = TomlReader.read(file);
    read.add(file);
    if (!file.equals(places.explicit())) {
      diagnostics.add(finding(Level.INFO, INHERITED, "this configuration is part of it: " + file));
    }
    diagnostics.addAll(document.diagnostics());
    FileLayer layer = new FileLayer(document.table(), diagnostics);
    repeated.addAll(layer.repeated());
    ConfigNode.Table usable = layer.usable();
    enabledWords.add(file, document.table());
    return usable;
  }

  private void reenabled(EnabledWords.Overruled word) {
    diagnostics.add(
        Diagnostic.warning(
                REENABLED,
                word.kind(),
                "the program enables component '"
                    + word.kind()
                    + "', which "
                    + word.file()
                    + " disables")
            .atField(Components.ENABLED)
            .at(word.position()));
  }

  private static Diagnostic missing(Path file) {
    return finding(
            Level.WARNING,
            TomlReader.FILE_MISSING,
            "configuration file '" + file + "' does not exist")
        .atField(EXPLICIT_FIELD);
  }

  private static Diagnostic finding(Level level, String code, String message) {
    return new Diagnostic(level, code, null, null, message, null, null);
  }

  /** Each physical file at its strongest place. */
  private static List<Path> distinct(List<Path> candidates) {
    Set<Path> seen = new HashSet<>();
    List<Path> distinct = new ArrayList<>();
    for (int i = candidates.size() - 1; i >= 0; i--) {
      if (seen.add(physical(candidates.get(i)))) {
        distinct.add(0, candidates.get(i));
      }
    }
    return distinct;
  }

  private static Path physical(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      return file.toAbsolutePath().normalize();
    }
  }
}
