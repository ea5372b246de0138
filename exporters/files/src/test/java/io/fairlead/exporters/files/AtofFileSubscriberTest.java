package io.fairlead.exporters.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.atof.AtofReader;
import io.fairlead.atof.AtofWriter;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.event.Event;
import io.fairlead.testkit.Fixtures;
import io.fairlead.testkit.InMemoryState;
import io.fairlead.testkit.SubscriberContract;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtofFileSubscriberTest extends SubscriberContract {

  @TempDir Path directory;
  private final List<String> problems = new ArrayList<>();

  private Path file() {
    return directory.resolve("deep/er/events.jsonl");
  }

  @Override
  protected Subscriber subscriber() {
    return subscriber(false);
  }

  private Subscriber subscriber(boolean overwrite) {
    return new AtofFileSubscriber("sinks[0]", new LineFile(file(), overwrite), null);
  }

  private DeliveryResult deliverOnce(boolean overwrite) throws Exception {
    try (Subscriber subscriber = subscriber(overwrite)) {
      subscriber.start(new InMemoryState());
      return subscriber.deliver(Fixtures.turn());
    }
  }

  private List<Event> read() throws Exception {
    List<Event> events = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file())) {
      new AtofReader("atof", (line, reason) -> problems.add(line + ": " + reason))
          .readAll(in, events::add);
    }
    return events;
  }

  @Test
  void whatIsDeliveredCanBeReadBeforeTheFileIsClosed() throws Exception {
    try (Subscriber subscriber = subscriber()) {
      subscriber.start(new InMemoryState());
      assertThat(subscriber.deliver(Fixtures.turn())).isEqualTo(DeliveryResult.done(6));
      assertThat(read()).isEqualTo(Fixtures.turn());
    }
    assertThat(problems).isEmpty();
  }

  @Test
  void appendAddsAndOverwriteBeginsAnewOnceOnly() throws Exception {
    deliverOnce(false);
    deliverOnce(false);
    assertThat(read()).hasSize(12);
    try (Subscriber subscriber = subscriber(true)) {
      subscriber.start(new InMemoryState());
      subscriber.deliver(Fixtures.turn());
      subscriber.deliver(Fixtures.turn());
    }
    assertThat(read()).hasSize(12);
    deliverOnce(true);
    assertThat(read()).hasSize(6);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void onlyItsOwnerCanReadTheFile() throws Exception {
    deliverOnce(false);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  @Test
  void aLineThatACrashCutOffSpoilsNoOther() throws Exception {
    deliverOnce(false);
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 10));
    deliverOnce(false);
    List<Event> expected = new ArrayList<>(Fixtures.turn().subList(0, 5));
    expected.addAll(Fixtures.turn());
    assertThat(read()).isEqualTo(expected);
    assertThat(problems).singleElement().asString().startsWith("6: ");
  }

  @Test
  void aPlaceThatCannotBeWrittenIsARetryUntilItCan() throws Exception {
    Path blocker = directory.resolve("deep");
    Files.writeString(blocker, "a file where a directory should be", UTF_8);
    try (Subscriber subscriber = subscriber()) {
      subscriber.start(new InMemoryState());
      DeliveryResult result = subscriber.deliver(Fixtures.turn());
      assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(result.reason()).contains("cannot write", "events.jsonl");

      Files.delete(blocker);
      assertThat(subscriber.deliver(Fixtures.turn())).isEqualTo(DeliveryResult.done(6));
    }
    assertThat(read()).isEqualTo(Fixtures.turn());
  }

  @Test
  void rotationSplitsAndLosesNoLine() throws Exception {
    Rotation rotation = new Rotation(1, 3);
    try (Subscriber subscriber =
        new AtofFileSubscriber("sinks[0]", new LineFile(file(), false), rotation)) {
      subscriber.start(new InMemoryState());
      for (Event event : Fixtures.turn()) {
        subscriber.deliver(List.of(event));
      }
    }
    List<String> oldestFirst = new ArrayList<>();
    for (String end : List.of(".3", ".2", ".1", "")) {
      oldestFirst.addAll(Files.readAllLines(Path.of(file() + end)));
    }
    assertThat(oldestFirst)
        .isEqualTo(
            Fixtures.turn().subList(2, 6).stream()
                .map(event -> new AtofWriter().line(event))
                .toList());
    assertThat(Path.of(file() + ".4")).doesNotExist();
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aFullDiskIsARetry() throws Exception {
    Files.createDirectories(file().getParent());
    Files.createSymbolicLink(file(), Path.of("/dev/full"));
    DeliveryResult result = deliverOnce(false);
    assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
    assertThat(result.reason()).contains("No space left on device");
  }

  static boolean hasFullDevice() {
    return Files.isWritable(Path.of("/dev/full"));
  }
}
