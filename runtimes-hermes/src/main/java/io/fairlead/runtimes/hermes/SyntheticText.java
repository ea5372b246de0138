package io.fairlead.runtimes.hermes;

import java.util.List;

/** Texts that Hermes itself puts into the user's mouth. They begin no turn. */
final class SyntheticText {

  private static final String SUMMARY = "[CONTEXT COMPACTION";

  private static final List<String> BEGINNINGS =
      List.of("[System:", SUMMARY, "You've reached the maximum number of tool-calling iterations");

  private SyntheticText() {}

  /** Whether a user row that begins like this was written by Hermes. */
  static boolean is(String beginning) {
    String text = beginning.stripLeading();
    return BEGINNINGS.stream().anyMatch(text::startsWith);
  }

  /** Whether it is the summary a compaction left in place of the rows it took out. */
  static boolean isSummary(String beginning) {
    return beginning.stripLeading().startsWith(SUMMARY);
  }
}
