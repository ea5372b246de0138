package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.fairlead.core.layers.ConfigFiles;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TokenUsage;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the files of an agent to what a backend is told, over real sockets and files. */
class EndToEndTest {

  private static final int MANY_SCOPES = 100_000;

  @TempDir private Path home;

  @Test
  void deltasOfSeveralRunsAddUpToOneTotal() throws Exception {
    RealCommands.copyRecordings(home.resolve("hermes"));
    Map<String, BigDecimal> total;
    try (OtlpCapture backend = new OtlpCapture()) {
      runOnce("total", backend, "gen_ai", "cumulative", "");
      total = backend.sums();
    }
    assertThat(total.keySet()).anyMatch(series -> series.startsWith("fairlead.tokens{"));
    try (OtlpCapture backend = new OtlpCapture()) {
      for (int run = 0; run < 3; run++) {
        runOnce("deltas", backend, "gen_ai", "delta", "");
        assertThat(backend.sums()).as("after run %d", run).isEqualTo(total);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gen_ai", "full"})
  void aReplayedFileTellsTheSameAsTheAgentItself(String projection) throws Exception {
    RealCommands.copyRecordings(home.resolve("hermes"));
    try (OtlpCapture live = new OtlpCapture();
        OtlpCapture replayed = new OtlpCapture()) {
      runOnce("live", live, projection, "cumulative", atofSink());
      Path config = write("replay.toml", observability(replayed, projection, "cumulative", ""));
      replay(config, home.resolve("events.jsonl"));

      assertThat(live.spans()).hasSizeGreaterThan(10);
      assertThat(replayed.spans()).isEqualTo(live.spans());
      assertThat(replayed.sums()).isNotEmpty().isEqualTo(live.sums());
    }
  }

  @Test
  void aLongFileIsReplayedWithoutLoss() throws Exception {
    Path events = home.resolve("many.jsonl");
    writeScopes(events);
    try (OtlpCapture backend = new OtlpCapture()) {
      replay(write("many.toml", observability(backend, "gen_ai", "cumulative", "")), events);
      assertThat(backend.spans().stream().map(Span::getSpanId).distinct().map(ByteString::size))
          .hasSize(MANY_SCOPES);
    }
  }

  /** Without prices a call is counted as unpriced, and no cost of it is told anywhere. */
  @ParameterizedTest
  @CsvSource({"'', true", "'enabled = false', false", "'config.sources = []', false"})
  void withoutPricesNoCostIsTold(String pricing, boolean priced) throws Exception {
    String component =
        pricing.isEmpty() ? "" : "[[components]]\nkind = \"pricing\"\n" + pricing + "\n";
    for (String projection : new String[] {"gen_ai", "full"}) {
      try (OtlpCapture backend = new OtlpCapture()) {
        Path config =
            write("p.toml", component + observability(backend, projection, "cumulative", ""));
        emit(config, TestEvents.model("gpt-4o-mini").provider("openai"));
        assertThat(backend.spans()).as(projection).hasSize(1);
        assertThat(
                backend.spans().get(0).getAttributesList().stream()
                    .anyMatch(attribute -> attribute.getKey().contains("cost")))
            .as("%s: %s", projection, backend.spans())
            .isEqualTo(priced);
        assertThat(of(backend, "fairlead.calls.unpriced").signum() > 0).isEqualTo(!priced);
        assertThat(of(backend, "fairlead.cost").signum() > 0).isEqualTo(priced);
      }
    }
  }

  private static BigDecimal of(OtlpCapture backend, String metric) {
    return backend.sums().entrySet().stream()
        .filter(series -> series.getKey().startsWith(metric + "{"))
        .map(Map.Entry::getValue)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private void emit(Path config, LlmProfile.Builder call) throws Exception {
    Instant time = Instant.parse("2026-11-20T12:00:00Z");
    ScopeEnd end =
        new TestEvents("session", null, time)
            .call(call.usage(TokenUsage.of(1000, 0, 0, 500, 0)).build(), Outcome.UNSET, time);
    Kernel.Running running =
        new CoreKernel(new RealCommands(home).host())
            .load(new ConfigFiles(config, null, null))
            .start(LaunchSettings.once(null, finding -> {}));
    try {
      running.emit(end.start());
      running.emit(end);
      assertThat(running.flush(Duration.ofSeconds(30)).accepted()).isTrue();
    } finally {
      running.close(Duration.ofSeconds(30));
    }
  }

  private void runOnce(
      String name, OtlpCapture backend, String projection, String temporality, String more)
      throws IOException {
    String hermes =
        """
        [[components]]
        kind = "hermes"
        [components.config]
        home = "%s"
        zone = "UTC"
        """
            .formatted(home.resolve("hermes"));
    String state = "data_dir = \"" + home.resolve(name) + "\"\n";
    Path config =
        write(
            name + ".toml", state + hermes + observability(backend, projection, temporality, more));
    RealCommands commands = new RealCommands(home);
    assertThat(commands.run("run", "--once", "--config", config.toString()))
        .as(commands::err)
        .isZero();
  }

  private void replay(Path config, Path events) {
    RealCommands commands = new RealCommands(home);
    assertThat(commands.run("replay", "--config", config.toString(), events.toString()))
        .as(commands::err)
        .isZero();
  }

  private static String observability(
      OtlpCapture backend, String projection, String temporality, String more) {
    return """
    [[components]]
    kind = "observability"
    [components.config]
    version = 4
    %s
    [components.config.opentelemetry]
    enabled = true
    [[components.config.opentelemetry.endpoints]]
    type = "%s"
    endpoint = "%s"
    max_export_batch_size = 5000
    [components.config.opentelemetry.metrics]
    enabled = true
    temporality = "%s"
    export_interval_millis = 3600000
    """
        .formatted(more, projection, backend.url(), temporality);
  }

  private String atofSink() {
    return """
    [components.config.atof]
    enabled = true
    [[components.config.atof.sinks]]
    type = "file"
    output_directory = "%s"
    filename = "events.jsonl"
    """
        .formatted(home);
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(home.resolve(name), text);
  }

  /** Tool calls, each of them a start and an end, and a trace of its own. */
  private static void writeScopes(Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < MANY_SCOPES; i++) {
        UUID uuid = new UUID(0x1111_2222_3333_8444L, 0x8000_0000_0000_0001L + i);
        for (String edge : new String[] {"start", "end"}) {
          out.write(
              """
              {"atof_version":"0.1","kind":"scope","scope_category":"%s","category":"tool",\
              "name":"t","uuid":"%s","timestamp":"2026-03-01T10:00:00Z","attributes":[]}
              """
                  .formatted(edge, uuid));
        }
      }
    }
  }
}
