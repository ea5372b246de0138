package io.fairlead.journal;

import io.fairlead.atof.EventCodec;
import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.LogReader;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Appends and delivers for ever; its test kills it. */
final class KilledProgram {

  private static final EventCodec CODEC = new EventCodec();

  private KilledProgram() {}

  /** Arguments: data directory, file for what was delivered. */
  public static void main(String[] args) throws Exception {
    EventLog log = new JournalProvider().open(Path.of(args[0]), 1L << 30, finding -> {});
    LogReader reader = log.open("reader", true, Beginning.NEWEST, () -> {});
    Thread source = new Thread(() -> append(log), "source");
    source.setDaemon(true);
    source.start();
    while (source.isAlive()) {
      deliver(reader, Path.of(args[1]));
    }
  }

  private static void append(EventLog log) {
    try {
      long at = number(log.sourceState("source"), "at");
      while (true) {
        List<Event> events = new ArrayList<>();
        int size = (int) (at % 7) + 1;
        for (int i = 0; i < size; i++) {
          events.add(event(++at));
        }
        log.append("source", events, Map.of("at", bytes(at)));
      }
    } catch (LogException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes what it reads to the file, then acknowledges with the sum of all numbers so far. */
  static int deliver(LogReader reader, Path file) throws LogException, IOException {
    List<Event> batch = reader.read(50);
    long sum = number(reader.state(), "sum");
    StringBuilder lines = new StringBuilder();
    for (Event event : batch) {
      lines.append(HexFormat.of().formatHex(CODEC.encode(event))).append('\n');
      sum += event.header().timeNanos();
    }
    Files.writeString(
        file,
        lines,
        StandardCharsets.US_ASCII,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    reader.acknowledge(Map.of("sum", bytes(sum)));
    return batch.size();
  }

  static Event event(long number) {
    UUID uuid = new UUID(8, number);
    return new Mark(new EventHeader(uuid, null, uuid, number, "mark " + number, Origin.of("test")));
  }

  static long number(SourceState state, String key) {
    byte[] value = state.get(key);
    return value == null ? 0 : ByteBuffer.wrap(value).getLong();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
