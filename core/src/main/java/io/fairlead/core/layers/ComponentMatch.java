package io.fairlead.core.layers;

import io.fairlead.spi.config.ConfigNode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which component of a stronger layer is which one of a weaker layer: those of one kind and name,
 * then the n-th to the n-th unnamed one, then the n-th to the n-th of what is left. Two that have
 * different names are never one.
 */
final class ComponentMatch {

  private static final int NONE = -1;

  private ComponentMatch() {}

  /** For each stronger component the index of its weaker one, or a negative number. */
  static int[] partners(List<ConfigNode> weaker, List<ConfigNode> stronger) {
    int[] partners = new int[stronger.size()];
    boolean[] taken = new boolean[weaker.size()];
    Arrays.fill(partners, NONE);
    for (Rule rule : Rule.values()) {
      for (int i = 0; i < partners.length; i++) {
        if (partners[i] == NONE) {
          partners[i] = find(weaker, taken, stronger.get(i), rule);
          if (partners[i] != NONE) {
            taken[partners[i]] = true;
          }
        }
      }
    }
    return partners;
  }

  private static int find(
      List<ConfigNode> weaker, boolean[] taken, ConfigNode component, Rule rule) {
    String kind = Components.kind(component);
    if (kind == null) {
      return NONE;
    }
    String name = Components.name(component);
    for (int i = 0; i < taken.length; i++) {
      ConfigNode other = weaker.get(i);
      if (!taken[i]
          && kind.equals(Components.kind(other))
          && rule.fits(name, Components.name(other))) {
        return i;
      }
    }
    return NONE;
  }

  /** The strictest first. */
  private enum Rule {
    SAME_NAME,
    BOTH_UNNAMED,
    ONE_UNNAMED;

    boolean fits(@Nullable String name, @Nullable String other) {
      return switch (this) {
        case SAME_NAME -> name != null && name.equals(other);
        case BOTH_UNNAMED -> name == null && other == null;
        case ONE_UNNAMED -> name == null || other == null;
      };
    }
  }
}
