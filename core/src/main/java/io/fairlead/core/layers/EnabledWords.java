package io.fairlead.core.layers;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What files said about components being enabled, the strongest file's last word by kind. */
final class EnabledWords {

  /**
   * A file's word that a program does not follow.
   *
   * @param kind the component
   * @param file who disables it
   * @param position where
   */
  record Overruled(String kind, Path file, @Nullable SourcePosition position) {}

  private final Map<String, Overruled> disabled = new HashMap<>();

  /** Takes a file's words; files come the weakest first. */
  void add(Path file, ConfigNode.Table document) {
    for (ConfigNode.Table component : Components.of(document)) {
      String kind = Components.kind(component);
      Boolean enabled = Components.enabled(component);
      ConfigNode word = component.get(Components.ENABLED);
      if (kind != null && enabled != null && word != null) {
        if (enabled) {
          disabled.remove(kind);
        } else {
          disabled.put(kind, new Overruled(kind, file, word.position()));
        }
      }
    }
  }

  /** The kinds that are disabled and that a document, made of all layers, does not hold. */
  Set<String> disabledBeside(ConfigNode.Table merged) {
    Set<String> kinds = new HashSet<>(disabled.keySet());
    Components.of(merged).forEach(component -> kinds.remove(Components.kind(component)));
    return kinds;
  }

  /** The words a program's document does not follow. */
  List<Overruled> overruled(ConfigNode.Table code) {
    List<Overruled> overruled = new ArrayList<>();
    for (ConfigNode.Table component : Components.of(code)) {
      Overruled word = disabled.get(String.valueOf(Components.kind(component)));
      if (word != null && !Boolean.FALSE.equals(Components.enabled(component))) {
        overruled.add(word);
      }
    }
    return overruled;
  }
}
