package io.fairlead.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fairlead.atof.EventCodec;
import io.fairlead.core.ActivePlugins;
import io.fairlead.core.KernelOptions;
import io.fairlead.core.PluginConfig;
import io.fairlead.core.RuntimeDiagnostic;
import io.fairlead.core.dispatch.Pauses;
import io.fairlead.core.log.EventLog;
import io.fairlead.core.log.EventLog.Beginning;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.LogReader;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Origin;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest extends EventLogContract {

  private static final long LARGE = 1L << 30;

  @TempDir private Path home;
  private final List<Diagnostic> findings = new ArrayList<>();

  @Override
  EventLog open() throws LogException {
    return open(home.resolve("contract"), LARGE);
  }

  private EventLog open(Path directory, long maxBytes) throws LogException {
    return new JournalProvider().open(directory, maxBytes, findings::add);
  }

  static Event mark(long number) {
    UUID uuid = new UUID(0, number);
    return new Mark(new EventHeader(uuid, null, uuid, number, "mark", Origin.of("test")));
  }

  static List<Event> marks(long first, long last) {
    List<Event> marks = new ArrayList<>();
    for (long number = first; number <= last; number++) {
      marks.add(mark(number));
    }
    return marks;
  }

  private static LogReader reader(EventLog log, String name) throws LogException {
    return log.open(name, true, Beginning.NEWEST, () -> {});
  }

  @Test
  void resumesWhereItWas() throws Exception {
    Path directory = home.resolve("data");
    try (EventLog log = open(directory, LARGE)) {
      LogReader reader = reader(log, "a");
      log.append("s", marks(1, 5), Map.of("at", new byte[] {5}));
      reader.read(2);
      reader.acknowledge(Map.of("sum", new byte[] {2}));
      reader.read(2); // never acknowledged
    }
    try (EventLog log = open(directory, LARGE)) {
      LogReader reader = reader(log, "a");
      assertThat(reader.pending()).isEqualTo(3);
      assertThat(reader.read(10)).isEqualTo(marks(3, 5));
      assertThat(reader.state().get("sum")).containsExactly(2);
      assertThat(log.sourceState("s").get("at")).containsExactly(5);
      assertThat(log.newest()).isEqualTo(5);
      reader.acknowledge(Map.of());
    }
    try (EventLog log = open(directory, LARGE)) {
      LogReader reader = reader(log, "a");
      log.append(null, marks(6, 6), Map.of());
      assertThat(log.newest()).as("numbers go on when all events are gone").isEqualTo(6);
      assertThat(reader.read(10)).isEqualTo(marks(6, 6));
    }
  }

  @Test
  void anAppendThatFailsTookNothing() throws Exception {
    EventLog log = open(home.resolve("data"), LARGE);
    LogReader reader = reader(log, "a");
    log.append("s", marks(1, 1), Map.of("at", new byte[] {1}));
    Map<String, byte[]> poisoned = new java.util.HashMap<>();
    poisoned.put("at", new byte[] {2});
    poisoned.put(null, new byte[] {2}); // refused by the table, after the events were inserted
    assertThatThrownBy(() -> log.append("s", marks(2, 3), poisoned))
        .isInstanceOf(LogException.class)
        .extracting("code")
        .isEqualTo("journal.write_failed");

    assertThat(log.sourceState("s").get("at")).containsExactly(1);
    log.append("s", marks(4, 4), Map.of());
    assertThat(reader.read(10)).containsExactly(mark(1), mark(4));
    log.close();
  }

  @Test
  void aDiskThatIsFullForAWhileLosesNothing() throws Exception {
    Path directory = home.resolve("data");
    open(directory, LARGE).close();
    // Stands for SQLITE_FULL: no third event fits until two were acknowledged.
    sql(
        directory.resolve("journal.db"),
        "CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.number > 2"
            + " AND (SELECT MAX(position) FROM subscriber) < 2"
            + " BEGIN SELECT RAISE(ABORT, 'full'); END");
    Held held = new Held();
    try (ActivePlugins active =
        PluginConfig.builder()
            .component("three_pieces", config -> {})
            .build()
            .initialize(
                KernelOptions.builder()
                    .dataDir(directory)
                    .classLoader(new ThreePieces.Loader(home.resolve("services")))
                    .retryPauses(new Pauses(Duration.ofMillis(5), Duration.ofMillis(20)))
                    .subscriber("held", held)
                    .build())) {
      await()
          .untilAsserted(
              () ->
                  assertThat(active.runtimeDiagnostics())
                      .extracting(RuntimeDiagnostic::code)
                      .containsExactly("journal.write_failed"));
      held.gate.countDown();
      await().untilAsserted(() -> assertThat(held.received).isEqualTo(marks(1, 6)));
    }
  }

  /** Takes events once its gate is open. */
  private static final class Held implements Subscriber {

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Event> received = new CopyOnWriteArrayList<>();

    @Override
    public Settings settings() {
      return new Settings(2, Duration.ZERO, Duration.ZERO, true);
    }

    @Override
    public DeliveryResult deliver(List<Event> events) throws Exception {
      gate.await();
      received.addAll(events);
      return DeliveryResult.done(events.size());
    }
  }

  @Test
  void theBoundForcesTheOldestOutAndCountsThem() throws Exception {
    int size = new EventCodec().encode(mark(101)).length;
    Path directory = home.resolve("data");
    try (EventLog log = open(directory, size * 10L)) {
      LogReader slow = reader(log, "slow");
      LogReader fast = reader(log, "fast");
      log.append(null, marks(101, 108), Map.of());
      fast.read(8);
      fast.acknowledge(Map.of());
      assertThat(findings).isEmpty();
      log.append(null, marks(109, 113), Map.of());

      assertThat(slow.dropped()).isEqualTo(3);
      assertThat(slow.pending()).isEqualTo(10);
      assertThat(fast.dropped()).isZero();
      assertThat(findings).extracting(Diagnostic::code).containsExactly("journal.bound_reached");
      assertThat(fast.read(10)).isEqualTo(marks(109, 113));
    }
    try (EventLog log = open(directory, size * 10L)) {
      assertThat(reader(log, "slow").read(100)).isEqualTo(marks(104, 113));
    }
  }

  @Test
  void whatEverybodyHasGoesBeforeAnythingIsForcedOut() throws Exception {
    int size = new EventCodec().encode(mark(1000)).length;
    try (EventLog log = open(home.resolve("data"), size * 10L)) {
      LogReader reader = reader(log, "a");
      for (int round = 0; round < 100; round++) {
        log.append(null, marks(round * 8L + 101, round * 8L + 108), Map.of());
        assertThat(reader.read(100)).hasSize(8);
        reader.acknowledge(Map.of());
      }
      assertThat(reader.dropped()).isZero();
      assertThat(findings).isEmpty();
    }
  }

  @Test
  void aSubscriberThatIsNoMoreHoldsNothing() throws Exception {
    Path directory = home.resolve("data");
    try (EventLog log = open(directory, LARGE)) {
      reader(log, "removed");
      log.append(null, marks(1, 3), Map.of());
    }
    try (EventLog log = open(directory, LARGE)) {
      reader(log, "new");
      log.forgetOthers();
      assertThat(log.open("again", true, Beginning.OLDEST, () -> {}).pending()).isZero();
      assertThat(reader(log, "removed").pending()).isZero();
    }
  }

  @Test
  void aSecondOpenerIsRefused() throws Exception {
    Path directory = home.resolve("data");
    try (EventLog log = open(directory, LARGE)) {
      assertFails(directory, "journal.locked");
      log.append(null, marks(1, 1), Map.of());
    }
    open(directory, LARGE).close();
  }

  @Test
  void filesThatAreNoJournalAreLeftAlone() throws Exception {
    Path directory = Files.createDirectories(home.resolve("data"));
    Path file = directory.resolve("journal.db");
    Files.writeString(file, "This is not a database, whatever its name says. ".repeat(50));
    byte[] before = Files.readAllBytes(file);
    assertFails(directory, "journal.corrupt");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);

    Files.delete(file);
    sql(file, "CREATE TABLE mine (a)");
    assertFails(directory, "journal.corrupt");
  }

  @Test
  void aNewerJournalIsLeftAlone() throws Exception {
    Path directory = home.resolve("data");
    open(directory, LARGE).close();
    sql(directory.resolve("journal.db"), "PRAGMA user_version = 2");
    assertFails(directory, "journal.newer_version");
  }

  @Test
  void anEventThatCannotBeReadIsSkippedAndCounted() throws Exception {
    Path directory = home.resolve("data");
    try (EventLog log = open(directory, LARGE)) {
      reader(log, "a");
      log.append(null, marks(1, 3), Map.of());
    }
    sql(directory.resolve("journal.db"), "UPDATE event SET body = x'00' WHERE number = 2");
    try (EventLog log = open(directory, LARGE)) {
      LogReader reader = reader(log, "a");
      assertThat(reader.read(10)).containsExactly(mark(1), mark(3));
      assertThat(reader.dropped()).isEqualTo(1);
      assertThat(findings).extracting(Diagnostic::code).contains("journal.unreadable_event");
    }
  }

  @Test
  void everythingIsForItsOwnerAlone() throws Exception {
    Path directory = home.resolve("data");
    try (EventLog log = open(directory, LARGE)) {
      reader(log, "a");
      log.append(null, marks(1, 3), Map.of());
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
          .isEqualTo("rwx------");
      try (var files = Files.list(directory)) {
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(
                file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void aClosedJournalTakesNothing() throws Exception {
    EventLog log = open(home.resolve("data"), LARGE);
    log.close();
    assertThatThrownBy(() -> log.append("s", marks(1, 1), Map.of()))
        .asInstanceOf(InstanceOfAssertFactories.type(LogException.class))
        .extracting(LogException::code)
        .isEqualTo("journal.closed");
  }

  @Test
  void whatCannotBeReadAtAllIsAFailureOfItsOwn() throws Exception {
    Path directory = home.resolve("data");
    Event large = new Mark(mark(1).header().withData(Json.ofString("x".repeat(200_000))));
    try (EventLog log = open(directory, LARGE)) {
      reader(log, "a");
      log.append(null, List.of(large), Map.of());
    }
    // The end of the event's text: its length is known without it.
    try (FileChannel file =
        FileChannel.open(directory.resolve("journal.db"), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.allocate(100_000), file.size() - 100_000);
    }
    try (EventLog log = open(directory, LARGE)) {
      LogReader reader = reader(log, "a");
      assertThatThrownBy(() -> reader.read(10))
          .asInstanceOf(InstanceOfAssertFactories.type(LogException.class))
          .extracting(LogException::code)
          .isEqualTo("journal.read_failed");
    }
  }

  @Test
  void anAcknowledgementThatIsNotTakenIsTold() throws Exception {
    Path directory = home.resolve("data");
    open(directory, LARGE).close();
    // Stands for SQLITE_FULL: a position moves once four events are there.
    sql(
        directory.resolve("journal.db"),
        "CREATE TRIGGER stuck BEFORE UPDATE ON subscriber"
            + " WHEN (SELECT MAX(number) FROM event) < 4 BEGIN SELECT RAISE(ABORT, 'full'); END");
    Held held = new Held();
    held.gate.countDown();
    try (ActivePlugins active =
        PluginConfig.builder()
            .build()
            .initialize(
                KernelOptions.builder()
                    .dataDir(directory)
                    .retryPauses(new Pauses(Duration.ofMillis(5), Duration.ofMillis(20)))
                    .subscriber("held", held)
                    .build())) {
      active.hub().emit(mark(1));
      await()
          .untilAsserted(
              () ->
                  assertThat(active.runtimeDiagnostics())
                      .extracting(RuntimeDiagnostic::code)
                      .containsExactly("exporter.log_failed"));
      marks(2, 4).forEach(active.hub()::emit);
      assertThat(active.flush(Duration.ofSeconds(20)).complete()).isTrue();
    }
    assertThat(held.received).as("delivered once all the same").isEqualTo(marks(1, 4));
  }

  private void assertFails(Path directory, String code) {
    assertThatThrownBy(() -> open(directory, LARGE))
        .asInstanceOf(InstanceOfAssertFactories.type(LogException.class))
        .extracting(LogException::code)
        .isEqualTo(code);
  }

  private static void sql(Path file, String statement) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
