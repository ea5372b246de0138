package io.fairlead.exporters.files.atif;

import io.fairlead.atof.AtofReader;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.spi.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the ATOF records a trajectory was kept as. */
final class TrajectoryReader {

  private TrajectoryReader() {}

  /**
   * The events of the records, in their order.
   *
   * @throws IllegalArgumentException when a line is no record; every line was written by us
   */
  static List<TrajectoryEvent> read(List<String> lines) {
    AtofReader reader =
        new AtofReader(
            "atif",
            (line, reason) -> {
              throw new IllegalArgumentException("record " + line + ": " + reason);
            });
    List<TrajectoryEvent> events = new ArrayList<>();
    for (String line : lines) {
      Event event = reader.readLine(line.getBytes(StandardCharsets.UTF_8));
      Object tree = event == null ? null : JsonTree.sorted(line);
      if (event != null && tree instanceof Members record) {
        events.add(TrajectoryEvent.of(event, record));
      }
    }
    return events;
  }
}
