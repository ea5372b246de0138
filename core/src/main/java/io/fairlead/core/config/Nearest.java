package io.fairlead.core.config;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the name somebody probably meant. */
public final class Nearest {

  private static final int MAX_DISTANCE = 2;

  /** Longer names are no typing mistakes, and comparing them is not free. */
  private static final int MAX_LENGTH = 64;

  private Nearest() {}

  /** The closest of some names within two typing mistakes, the first of equals, or null. */
  public static @Nullable String to(String given, Collection<String> names) {
    String best = null;
    int bestDistance = MAX_DISTANCE + 1;
    for (String name : names) {
      int distance = distance(given, name);
      if (distance < bestDistance && distance < name.length()) {
        best = name;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** {@code did you mean 'x'?}, or null. */
  public static @Nullable String hint(String given, Collection<String> names) {
    String nearest = to(given, names);
    return nearest == null ? null : "did you mean '" + nearest + "'?";
  }

  /**
   * Optimal string alignment distance: insertions, deletions, substitutions and swaps of
   * neighbours. More than the bound when it exceeds the bound.
   */
  static int distance(String a, String b) {
    if (Math.abs(a.length() - b.length()) > MAX_DISTANCE || a.length() > MAX_LENGTH) {
      return MAX_DISTANCE + 1;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int value = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        row[j] = swapped ? Math.min(value, beforeLast[j - 2] + 1) : value;
      }
      int[] free = beforeLast;
      beforeLast = last;
      last = row;
      row = free;
    }
    return last[b.length()];
  }
}
