package io.fairlead.resources;

import java.util.List;

/**
 * The processes of one measurement.
 *
 * @param processes every one, the roots first
 * @param roots how many are not there because of another
 * @param missing whether what the document names is not there
 */
record Selection(List<ProcessFacts> processes, int roots, boolean missing) {

  static final Selection NOTHING = new Selection(List.of(), 0, true);

  /** How many are there because of another. */
  int descendants() {
    return processes.size() - roots;
  }
}
