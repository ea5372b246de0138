package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.exporters.files.http.Answer;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a trajectory to every destination. One that asks to wait makes the whole trajectory come
 * again later; those that have it are left out then. What every server refuses for good goes to the
 * local directory, so that it is not lost.
 */
final class Delivery implements AutoCloseable {

  private final Members agent;
  private final FileNames names;
  private final List<Destination> destinations;
  private final Destination local;
  private final DiagnosticSink findings;

  /**
   * A delivery.
   *
   * @param destinations where trajectories go to
   * @param local where they go to when no destination takes them; may be one of those
   */
  Delivery(
      Members agent,
      FileNames names,
      List<Destination> destinations,
      Destination local,
      DiagnosticSink findings) {
    this.agent = agent;
    this.names = names;
    this.destinations = List.copyOf(destinations);
    this.local = local;
    this.findings = findings;
  }

  /** How it went: null when it is over, else who asked to wait. */
  record Outcome(boolean taken, Answer.@Nullable Later later) {}

  /**
   * Delivers what a trajectory holds now.
   *
   * @param last whether there is no later: then the local directory stands in for a server
   */
  Outcome deliver(OpenTrajectory trajectory, boolean last) throws InterruptedException {
    List<TrajectoryEvent> events;
    String name;
    byte[] document;
    try {
      events = TrajectoryReader.read(trajectory.lines());
      name = names.of(trajectory.id(), rootMetadata(trajectory, events));
      Members tree = new Trajectory(trajectory.id(), agent, events).document();
      document = JsonTree.writePretty(tree).getBytes(StandardCharsets.UTF_8);
    } catch (FileNames.UnnamedException e) {
      report("atif.destination_render_failed", "filename_template", String.valueOf(e.getMessage()));
      return new Outcome(false, null);
    } catch (IllegalArgumentException e) {
      report("atif.invalid_events", null, String.valueOf(e.getMessage()));
      return new Outcome(false, null);
    }
    boolean taken = false;
    for (int i = 0; i < destinations.size(); i++) {
      if (trajectory.delivered().contains(i)) {
        taken = true;
        continue;
      }
      Answer answer = write(destinations.get(i), trajectory, name, document);
      if (answer instanceof Answer.Later later && !last) {
        return new Outcome(false, later);
      }
      if (answer instanceof Answer.Accepted) {
        taken = true;
        trajectory.delivered().add(i);
      }
    }
    if (!taken && !destinations.contains(local)) {
      Answer answer = write(local, trajectory, name, document);
      taken = answer instanceof Answer.Accepted;
      return new Outcome(taken, answer instanceof Answer.Later later ? later : null);
    }
    return new Outcome(taken, null);
  }

  private Answer write(
      Destination destination, OpenTrajectory trajectory, String name, byte[] document)
      throws InterruptedException {
    Answer answer = destination.write(trajectory.id(), name, document);
    boolean fallback = destination == local && !destinations.contains(local);
    String code = fallback ? "atif.local_fallback_failed" : destination.failure();
    if (answer instanceof Answer.Later later) {
      report(code, destination.field(), later.reason());
    } else if (answer instanceof Answer.Refused refused) {
      report(code, destination.field(), refused.reason());
    }
    return answer;
  }

  private static @Nullable Object rootMetadata(
      OpenTrajectory trajectory, List<TrajectoryEvent> events) {
    for (TrajectoryEvent event : events) {
      if (event.uuid().equals(trajectory.id())) {
        return event.metadata();
      }
    }
    return null;
  }

  void report(String code, @Nullable String field, String message) {
    findings.report(Diagnostic.warning(code, "atif", message).atField(field));
  }

  @Override
  public void close() {
    destinations.forEach(Destination::close);
  }
}
