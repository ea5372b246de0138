package io.fairlead.core.layers;

import io.fairlead.spi.config.ConfigNode;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which component of a stronger layer is which one of a weaker layer: those of one kind and name,
 * then the n-th to the n-th that is left of a kind. Two that have different names are never one.
 */
final class ComponentMatch {

  private static final int NONE = -1;

  private ComponentMatch() {}

  /** For each stronger component the index of its weaker one, or a negative number. */
  static int[] partners(List<ConfigNode> weaker, List<ConfigNode> stronger) {
    int[] partners = new int[stronger.size()];
    boolean[] taken = new boolean[weaker.size()];
    Arrays.fill(partners, NONE);
    for (boolean byName : new boolean[] {true, false}) {
      for (int i = 0; i < partners.length; i++) {
        if (partners[i] == NONE) {
          partners[i] = find(weaker, taken, stronger.get(i), byName);
          if (partners[i] != NONE) {
            taken[partners[i]] = true;
          }
        }
      }
    }
    return partners;
  }

  private static int find(
      List<ConfigNode> weaker, boolean[] taken, ConfigNode component, boolean byName) {
    String kind = Components.kind(component);
    String name = Components.name(component);
    if (kind == null || (byName && name == null)) {
      return NONE;
    }
    for (int i = 0; i < taken.length; i++) {
      ConfigNode other = weaker.get(i);
      if (!taken[i]
          && kind.equals(Components.kind(other))
          && fits(name, Components.name(other), byName)) {
        return i;
      }
    }
    return NONE;
  }

  private static boolean fits(@Nullable String name, @Nullable String other, boolean byName) {
    return byName
        ? Objects.equals(name, other)
        : name == null || other == null || name.equals(other);
  }
}
