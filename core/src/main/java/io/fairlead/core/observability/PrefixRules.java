package io.fairlead.core.observability;

import io.fairlead.core.config.WhiteSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Prefixes of metadata that is copied to attributes: literal, segments parted by dots. */
final class PrefixRules {

  private PrefixRules() {}

  /** What is wrong with the first faulty prefix, or null. */
  static @Nullable String fault(List<String> prefixes) {
    Set<String> seen = new HashSet<>();
    for (String prefix : prefixes) {
      String fault = fault(prefix);
      if (fault != null) {
        return "metadata promotion prefix " + fault;
      }
      if (!seen.add(prefix)) {
        return "metadata promotion prefix \"" + prefix + "\" is duplicated";
      }
    }
    return null;
  }

  private static @Nullable String fault(String prefix) {
    if (WhiteSpace.isBlank(prefix)) {
      return "must not be blank";
    }
    if (WhiteSpace.isPadded(prefix)) {
      return "\"" + prefix + "\" must not have surrounding whitespace";
    }
    String whole = prefix.endsWith(".") ? prefix.substring(0, prefix.length() - 1) : prefix;
    for (String segment : whole.split("\\.", -1)) {
      if (!isSegment(segment)) {
        return "\"" + prefix + "\" must be a literal prefix of dot-separated names, not a glob";
      }
    }
    return null;
  }

  private static boolean isSegment(String segment) {
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c > 127 || (!Character.isLetterOrDigit(c) && c != '_' && c != '-')) {
        return false;
      }
    }
    return !segment.isEmpty();
  }
}
