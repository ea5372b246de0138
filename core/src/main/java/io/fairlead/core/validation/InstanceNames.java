package io.fairlead.core.validation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names the components of a plan: by their {@code name}, else the first of a kind by the kind alone
 * and the n-th after it {@code kind[n]}, so that adding one does not rename the others.
 */
final class InstanceNames {

  private final Map<String, Integer> unnamed = new HashMap<>();
  private final Set<String> taken = new HashSet<>();

  /** Takes a given name; false when another component has it. */
  boolean take(String name) {
    return taken.add(name);
  }

  /** The name of a component: the given one, else one made of its kind. */
  String of(String kind, @Nullable String given) {
    if (given != null) {
      return given;
    }
    String name;
    do {
      int n = unnamed.merge(kind, 1, Integer::sum) - 1;
      name = n == 0 ? kind : kind + "[" + n + "]";
    } while (!taken.add(name));
    return name;
  }
}
