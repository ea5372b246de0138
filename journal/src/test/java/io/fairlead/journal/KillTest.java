package io.fairlead.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fairlead.atof.EventCodec;
import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.log.LogReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is killed at any moment loses nothing and counts nothing twice. */
class KillTest {

  private static final int KILLS = 5;

  @TempDir private Path home;

  @Test
  void everyEventIsDeliveredAndNothingIsCountedTwice() throws Exception {
    Path data = home.resolve("data");
    for (int round = 0; round < KILLS; round++) {
      runUntilKilled(data, home.resolve("delivered-" + round), 5_000 + 23_000L * round);
    }

    try (EventLog log = new JournalProvider().open(data, 1L << 30, finding -> {})) {
      LogReader reader = log.open("reader", true, Beginning.NEWEST, () -> {});
      while (KilledProgram.deliver(reader, home.resolve("delivered-" + KILLS)) > 0) {
        assertThat(reader.dropped()).isZero();
      }
      long at = KilledProgram.number(log.sourceState("source"), "at");
      assertThat(log.newest()).as("the source's state and its events are one").isEqualTo(at);
      assertThat(KilledProgram.number(reader.state(), "sum"))
          .as("the reader's state and its position are one")
          .isEqualTo(at * (at + 1) / 2);
      assertDelivered(at);
    }
  }

  private void assertDelivered(long last) throws IOException {
    Set<String> distinct = new HashSet<>();
    for (int round = 0; round <= KILLS; round++) {
      distinct.addAll(wholeLines(home.resolve("delivered-" + round)));
    }
    EventCodec codec = new EventCodec();
    for (long number = 1; number <= last; number++) {
      String bytes = HexFormat.of().formatHex(codec.encode(KilledProgram.event(number)));
      assertThat(distinct.remove(bytes)).as("event %d, byte for byte", number).isTrue();
    }
    assertThat(distinct).as("other versions of an event").isEmpty();
  }

  /** The kill may cut the last line short. */
  private static List<String> wholeLines(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.US_ASCII);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }

  private static void runUntilKilled(Path data, Path delivered, long bytes) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledProgram.class.getName(),
                data.toString(),
                delivered.toString())
            .redirectErrorStream(true)
            .redirectOutput(delivered.resolveSibling("output").toFile())
            .start();
    try {
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  !process.isAlive() || (Files.exists(delivered) && Files.size(delivered) > bytes));
      assertThat(process.isAlive())
          .as("%s", Files.readString(delivered.resolveSibling("output")))
          .isTrue();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }
}
