package io.fairlead.core.config;

/** Paths of fields inside a component: {@code endpoints[0].headers.x}. */
public final class FieldPath {

  private FieldPath() {}

  /** The path of a key of the table at a path; the empty path is the component's own table. */
  public static String key(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The path of an element of the array at a path. */
  public static String element(String path, int index) {
    return path + "[" + index + "]";
  }
}
