package io.fairlead.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.RecordingSink;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResourceMetricsAdapterTest {

  private static final Pattern MEASUREMENT =
      Pattern.compile(
          "\"name\":\"nemo\\.relay\\.resource\\.([^\"]+)\",\"unit\":\"([^\"]+)\","
              + "\"value\":([^,]+),\"value_type\":\"(...)\"");

  @TempDir Path directory = Path.of("");
  private final FakeMachine machine = new FakeMachine();
  private final RecordingSink sink = new RecordingSink();
  private final ManualClock clock = ManualClock.at("2026-03-01T10:00:00Z");
  private TestContext context = context();

  private TestContext context(Object... keysAndValues) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("polling", Map.of("enabled", true, "interval_millis", 1000));
    for (int i = 0; i < keysAndValues.length; i += 2) {
      all.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return TestContext.of(new ResourceMetricsProvider(), Tables.of(all)).withClock(clock);
  }

  private ResourceMetricsAdapter adapter(Object... keysAndValues) {
    context = context(keysAndValues);
    return adapter(new ListenedContext(context), () -> machine);
  }

  private ResourceMetricsAdapter adapter(ComponentContext given, Supplier<Machine> machines) {
    ResourceMetricsAdapter adapter =
        new ResourceMetricsAdapter(given, ResourceSettings.of(given.config()), machines);
    adapter.start(sink.state());
    return adapter;
  }

  /** A second later. */
  private Map<String, String> next(ResourceMetricsAdapter adapter) throws Exception {
    clock.advance(Duration.ofSeconds(1));
    adapter.poll(sink);
    List<Event> events = sink.events();
    Json data = events.get(events.size() - 1).header().data();
    Map<String, String> values = new LinkedHashMap<>();
    Matcher matcher = MEASUREMENT.matcher(data == null ? "" : data.text());
    while (matcher.find()) {
      values.putIfAbsent(matcher.group(1), matcher.group(3) + " " + matcher.group(2));
    }
    return values;
  }

  @Test
  void sumsUpTheTreeOfThisProcess() throws Exception {
    machine.run("tool", 2, FakeMachine.OWN, 10, 500_000);
    machine.run("tool of the tool", 3, 2, 20, 500_000);
    machine.run("stranger", 4, 99, 20, 500_000);
    assertThat(next(adapter()))
        .containsEntry("cpu.total_time", "2000 milliseconds")
        .containsEntry("memory.resident", "12288 kibibytes")
        .containsEntry("memory.system.used", "6000 kibibytes")
        .containsEntry("process.active_count", "3 processes")
        .containsEntry("process.descendant_count", "2 processes")
        .containsEntry("thread.count", "9 threads")
        .containsEntry("disk.write_data", "4000000 bytes")
        .doesNotContainKeys(
            "memory.private",
            "memory.peak_resident",
            "cpu.consumption_rate",
            "disk.read.operations");
  }

  @Test
  void aMarkHasNoParentNoSessionAndItsSchema() throws Exception {
    next(adapter());
    var header = sink.events().get(0).header();
    assertThat(header.name()).isEqualTo("nemo.relay.resource_metrics");
    assertThat(header.parentUuid()).isNull();
    assertThat(header.origin().runtime()).isEqualTo("host");
    assertThat(header.origin().sessionId()).isNull();
    assertThat(String.valueOf(header.dataSchema())).contains("nemo.relay.metric_measurements", "1");
  }

  @Test
  void ratesAreOfProcessesThatWereWatched() throws Exception {
    ResourceMetricsAdapter adapter = adapter();
    machine.traffic("eth0", 1000);
    next(adapter);
    long now = clock.instant().toEpochMilli();
    machine.run("java", FakeMachine.OWN, 0, 0, 1_250_000);
    machine.run("new", 2, FakeMachine.OWN, now + 10, 250_000);
    machine.run("adopted", 3, FakeMachine.OWN, now - 10_000, 9_000_000);
    machine.traffic("eth0", 1500);
    assertThat(next(adapter))
        .containsEntry("cpu.consumption_rate", "0.5 logical_processors")
        .containsEntry("network.interface.receive_throughput", "500.0 bytes_per_second")
        .containsEntry("network.system.receive_throughput", "500.0 bytes_per_second");
    machine.traffic("eth0", 20);
    machine.stop(2);
    machine.stop(3);
    machine.run("java", FakeMachine.OWN, 0, 0, 7);
    assertThat(next(adapter))
        .as("a counter that went back has no rate")
        .containsEntry("network.interface.received_data", "20 bytes")
        .doesNotContainKeys("cpu.consumption_rate", "network.interface.receive_throughput");
  }

  @Test
  void aProcessThatGoesIsReportedOnceAndLookedForAgain() throws Exception {
    Path file = Files.writeString(directory.resolve("agent.pid"), "77\n");
    ResourceMetricsAdapter adapter = adapter("pid_file", file.toString());
    machine.run("hermes", 77, 0, 5, 1_000_000);
    assertThat(next(adapter)).containsEntry("process.active_count", "1 processes");
    machine.stop(77);
    for (int i = 0; i < 3; i++) {
      assertThat(next(adapter))
          .containsEntry("process.active_count", "0 processes")
          .containsKey("memory.system.total")
          .doesNotContainKeys("memory.resident", "cpu.total_time", "disk.read_data");
    }
    assertThat(context.diagnostics().codes()).containsExactly("resource_metrics.process_missing");
    long now = clock.instant().toEpochMilli();
    machine.run("hermes", 77, 0, now - 5, 90_000_000);
    assertThat(next(adapter))
        .as("the same number is another process")
        .containsEntry("cpu.total_time", "90000 milliseconds")
        .doesNotContainKey("cpu.consumption_rate");
    Files.writeString(file, "no number");
    next(adapter);
    assertThat(context.diagnostics().codes()).hasSize(2);
  }

  @Test
  void aNumberThatWasGivenToAnotherProcessIsNotFollowed() throws Exception {
    machine.run("hermes", 77, 0, 5, 1_000_000);
    ResourceMetricsAdapter adapter = adapter("pid", 77);
    assertThat(next(adapter)).containsEntry("process.active_count", "1 processes");
    machine.run("other", 77, 0, 6, 1_000_000);
    assertThat(next(adapter)).containsEntry("process.active_count", "0 processes");
  }

  @Test
  void processesAreFoundByName() throws Exception {
    machine.run("openclaw-gateway", 5, 0, 5, 1);
    machine.run("node", 6, 5, 5, 1);
    machine.run("openclaw", 7, 5, 5, 1);
    machine.run("claw", 8, 0, 5, 1);
    assertThat(next(adapter("process_name", "openclaw*")))
        .containsEntry("process.active_count", "3 processes");
    assertThat(next(adapter("process_name", "?law", "measurement_scope", "application_process")))
        .containsEntry("process.active_count", "1 processes");
  }

  @Test
  void unitsAreThoseOfTheDocument() throws Exception {
    Map<String, Object> units =
        Map.of(
            "cpu", Map.of("user_time", "seconds", "system_time", "microseconds"),
            "memory", Map.of("resident", "mebibytes", "virtual_memory", "bytes"),
            "network", Map.of("interface", Map.of("received_data", "kilobytes")));
    machine.traffic("eth0", 1500);
    assertThat(next(adapter("units", units)))
        .containsEntry("cpu.user_time", "1.0 seconds")
        .containsEntry("cpu.system_time", "0 microseconds")
        .containsEntry("memory.resident", "4.0 mebibytes")
        .containsEntry("memory.virtual", "8388608 bytes")
        .containsEntry("network.interface.received_data", "1.5 kilobytes")
        .containsEntry("network.system.received_data", "1500 bytes");
  }

  @Test
  void aControlGroupTellsItsOwnFigures() throws Exception {
    Files.writeString(directory.resolve("cgroup.procs"), FakeMachine.OWN + "\n");
    Files.writeString(
        directory.resolve("cpu.stat"),
        "usage_usec 3000000\nuser_usec 2000000\nsystem_usec 1000000\nnr_throttled 4\n"
            + "throttled_usec 50000\n");
    Files.writeString(directory.resolve("cpu.max"), "150000 100000\n");
    Files.writeString(directory.resolve("memory.current"), "1048576\n");
    Files.writeString(directory.resolve("memory.max"), "max\n");
    Files.writeString(directory.resolve("memory.events"), "low 0\nhigh 2\nmax 1\noom 3\n");
    Files.writeString(
        directory.resolve("io.stat"),
        "8:0 rbytes=10 wbytes=20 rios=1 wios=2\n" + "8:16 rbytes=5 wbytes=0 rios=1 wios=0\n");
    Files.writeString(
        directory.resolve("memory.pressure"),
        "some avg10=0.00 avg60=0.00 avg300=0.00 total=9000\n");
    assertThat(next(adapter("cgroup", directory.toString())))
        .containsEntry("cpu.total_time", "3000 milliseconds")
        .containsEntry("cpu.throttled_time", "50 milliseconds")
        .containsEntry("cpu.effective_limit", "1.5 logical_processors")
        .containsEntry("limit.event_count", "4 events")
        .containsEntry("memory.environment_accounted", "1024 kibibytes")
        .containsEntry("memory.out_of_memory_event_count", "3 events")
        .containsEntry("memory.pressure.some_stall_time", "9 milliseconds")
        .containsEntry("memory.resident", "4096 kibibytes")
        .containsEntry("disk.read_data", "15 bytes")
        .containsEntry("disk.write.operations", "2 operations")
        .containsEntry("process.active_count", "1 processes")
        .doesNotContainKeys("memory.limit", "memory.pressure.full_stall_time");
  }

  @Test
  void nothingIsMeasuredForNobodyOrWhenNotAsked() throws Exception {
    Supplier<Machine> none =
        () -> {
          throw new AssertionError("measured");
        };
    TestContext listening = context();
    adapter(listening, none).poll(sink);
    adapter(new ListenedContext(listening.readingEverything()), none).poll(sink);
    context = TestContext.of(new ResourceMetricsProvider(), Tables.table());
    adapter(new ListenedContext(context), none).poll(sink);
    assertThat(sink.events()).isEmpty();
    assertThat(context.diagnostics().codes()).containsExactly("resource_metrics.polling_disabled");
  }

  @Test
  void graphicsProcessorsAreNotInvented() throws Exception {
    next(adapter("gpu", Map.of("devices", List.of("0"))));
    assertThat(context.diagnostics().codes()).containsExactly("resource_metrics.unavailable");
    Json data = sink.events().get(0).header().data();
    assertThat(String.valueOf(data)).doesNotContain("accelerator");
  }

  @Test
  void aSystemThatCannotBeAskedIsReportedOnce() throws Exception {
    context = context();
    ResourceMetricsAdapter adapter =
        adapter(
            new ListenedContext(context),
            () -> {
              throw new UnsatisfiedLinkError("jnidispatch");
            });
    adapter.poll(sink);
    adapter.poll(sink);
    assertThat(context.diagnostics().codes()).containsExactly("resource_metrics.unavailable");
    assertThat(sink.events()).isEmpty();
  }

  @Test
  void theTimerKeepsToTheInterval() throws Exception {
    ResourceMetricsAdapter adapter = adapter();
    next(adapter);
    assertThat(adapter.poll(sink).pause()).isEqualTo(Duration.ofSeconds(1));
    clock.advance(Duration.ofMillis(400));
    assertThat(adapter.poll(sink).pause()).isEqualTo(Duration.ofMillis(600));
    assertThat(sink.events()).hasSize(1);
    clock.advance(Duration.ofHours(-1));
    adapter.poll(sink);
    assertThat(sink.events()).as("after the clock was set back").hasSize(2);
  }

  @Test
  void theRealMachineTellsWhatThisProcessUses() throws Exception {
    context =
        context(
            "measurement_scope",
            "application_process",
            "disk",
            Map.of("filesystem_paths", List.of(directory.toString())));
    List<String> found =
        new ArrayList<>(next(adapter(new ListenedContext(context), OshiMachine::new)).keySet());
    assertThat(found)
        .contains(
            "cpu.total_time",
            "memory.resident",
            "memory.system.total",
            "thread.count",
            "disk.filesystem.total_capacity",
            "network.system.received_data");
  }

  @Test
  void aMissingGroupIsReported() throws IOException, InterruptedException {
    ResourceMetricsAdapter adapter = adapter("cgroup", directory.resolve("none").toString());
    adapter.poll(sink);
    assertThat(context.diagnostics().codes()).containsExactly("resource_metrics.process_missing");
  }
}
