package io.fairlead.interceptors.redaction;

import com.google.re2j.Pattern;
import java.util.function.Predicate;

/** What is looked for in texts; its time is linear in their length, whatever the expression. */
record TextMatcher(Pattern pattern, Predicate<String> proof) {

  static TextMatcher of(Detector detector) {
    return new TextMatcher(detector.pattern(), detector::proves);
  }

  static TextMatcher of(Pattern pattern) {
    return new TextMatcher(pattern, found -> true);
  }
}
