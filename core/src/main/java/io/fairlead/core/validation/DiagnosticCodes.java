package io.fairlead.core.validation;

import io.fairlead.core.config.Nearest;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The codes that are documented. A code that every kind of component has in its own area, such as
 * {@code hermes.unknown_field}, is documented once, as {@code kind.unknown_field}; so is one that
 * ends with the name of what it is about, without that name.
 */
public final class DiagnosticCodes {

  private static final String ANY_KIND = "kind";

  private final SortedMap<String, String> summaries;

  /**
   * Documented codes.
   *
   * @param summaries one sentence for each code that has a page
   */
  public DiagnosticCodes(Map<String, String> summaries) {
    this.summaries = Collections.unmodifiableSortedMap(new TreeMap<>(summaries));
  }

  /** The codes that have a page, sorted, with one sentence each. */
  public SortedMap<String, String> summaries() {
    return summaries;
  }

  /**
   * The code whose page tells about a code: itself, the one for any kind, or the one without the
   * name at its end; null when none.
   */
  public @Nullable String page(String code) {
    if (summaries.containsKey(code)) {
      return code;
    }
    int dot = code.indexOf('.');
    String shared = dot < 0 ? code : ANY_KIND + code.substring(dot);
    if (summaries.containsKey(shared)) {
      return shared;
    }
    int name = code.indexOf('.', dot + 1);
    String unnamed = name < 0 ? code : code.substring(0, name);
    return summaries.containsKey(unnamed) ? unnamed : null;
  }

  /** One sentence about a code; the code itself when nobody wrote one. */
  public String summary(String code) {
    String page = page(code);
    return page == null ? code : summaries.getOrDefault(page, code);
  }

  /** {@code did you mean 'x'?}, or null. */
  public @Nullable String hint(String code) {
    return Nearest.hint(code, summaries.keySet());
  }
}
