package io.fairlead.interceptors.redaction;

import java.util.List;
import java.util.Set;

/** JSON pointers (RFC 6901), some of which may have {@code *} for one step of any name. */
final class PathSet {

  private static final String ANY = "*";

  private final Set<String> paths;
  private final List<String[]> globs;

  /**
   * The paths of both lists.
   *
   * @param paths taken as they are
   * @param globs in which a step that is just {@code *} is any
   */
  PathSet(List<String> paths, List<String> globs) {
    this.paths = Set.copyOf(paths);
    this.globs = globs.stream().map(PathSet::steps).toList();
  }

  boolean isEmpty() {
    return paths.isEmpty() && globs.isEmpty();
  }

  boolean contains(String path) {
    if (paths.contains(path)) {
      return true;
    }
    if (globs.isEmpty()) {
      return false;
    }
    String[] steps = steps(path);
    return globs.stream().anyMatch(glob -> matches(glob, steps));
  }

  /** Whether a path begins with a step. */
  boolean hasFirst(String step) {
    String beginning = "/" + step;
    return paths.stream()
            .anyMatch(path -> path.equals(beginning) || path.startsWith(beginning + "/"))
        || globs.stream().anyMatch(glob -> glob.length > 1 && glob[1].equals(step));
  }

  private static String[] steps(String path) {
    return path.split("/", -1);
  }

  private static boolean matches(String[] glob, String[] steps) {
    if (glob.length != steps.length) {
      return false;
    }
    for (int i = 0; i < glob.length; i++) {
      if (!glob[i].equals(ANY) && !glob[i].equals(steps[i])) {
        return false;
      }
    }
    return true;
  }
}
