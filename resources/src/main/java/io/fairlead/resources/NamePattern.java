package io.fairlead.resources;

/**
 * A name in which {@code *} stands for any characters and {@code ?} for one.
 *
 * @param text as written
 */
record NamePattern(String text) {

  /** Whether a whole name fits. Takes time proportional to both lengths at worst. */
  boolean matches(String name) {
    int t = 0;
    int star = -1;
    int resume = 0;
    int n = 0;
    while (n < name.length()) {
      if (t < text.length() && text.charAt(t) == '*') {
        star = t++;
        resume = n;
      } else if (t < text.length() && (text.charAt(t) == '?' || text.charAt(t) == name.charAt(n))) {
        t++;
        n++;
      } else if (star >= 0) {
        t = star + 1;
        n = ++resume;
      } else {
        return false;
      }
    }
    while (t < text.length() && text.charAt(t) == '*') {
      t++;
    }
    return t == text.length();
  }
}
