package io.fairlead.core;

import io.fairlead.core.validation.ValidationReport;
import java.util.List;

/**
 * How a change of the configuration went.
 *
 * @param applied whether the new configuration runs; when not, the former one goes on
 * @param kept components that were not touched
 * @param started components that were not there before
 * @param restarted components that ended and began again with another configuration or plugin
 * @param stopped components that are not there any more
 * @param abandoned what did not end although interrupted, by component or subscriber
 * @param report everything found, the reason included when it was not applied
 */
public record ReloadReport(
    boolean applied,
    List<String> kept,
    List<String> started,
    List<String> restarted,
    List<String> stopped,
    List<String> abandoned,
    ValidationReport report) {

  public ReloadReport {
    kept = List.copyOf(kept);
    started = List.copyOf(started);
    restarted = List.copyOf(restarted);
    stopped = List.copyOf(stopped);
    abandoned = List.copyOf(abandoned);
  }

  /** Whether nothing had to be done. */
  public boolean unchanged() {
    return applied && started.isEmpty() && restarted.isEmpty() && stopped.isEmpty();
  }

  static ReloadReport refused(Lineup running, List<String> abandoned, ValidationReport report) {
    List<String> kept = running.components().stream().map(Component::instance).toList();
    return new ReloadReport(false, kept, List.of(), List.of(), List.of(), abandoned, report);
  }

  static ReloadReport applied(Changes changes, List<String> abandoned, ValidationReport report) {
    List<String> fresh = changes.fresh().stream().map(planned -> planned.instance()).toList();
    List<String> left = changes.leaving().stream().map(Component::instance).toList();
    return new ReloadReport(
        true,
        List.copyOf(changes.kept().keySet()),
        fresh.stream().filter(name -> !left.contains(name)).toList(),
        fresh.stream().filter(left::contains).toList(),
        left.stream().filter(name -> !fresh.contains(name)).toList(),
        abandoned,
        report);
  }
}
