package io.fairlead.exporters.otel.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.exporters.otel.Events;
import io.fairlead.exporters.otel.Signals;
import io.fairlead.exporters.otel.projection.GenAiProfile;
import io.fairlead.exporters.otel.projection.Projection;
import io.fairlead.exporters.otel.projection.ProjectionOptions;
import io.fairlead.exporters.otel.projection.Projections;
import io.fairlead.exporters.otel.projection.Shape;
import io.fairlead.exporters.otel.projection.SpanIdentity;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.Json;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpanFileTest {

  @TempDir private Path directory;

  @Test
  void equalsTheFileThePeerWrote() throws Exception {
    Path file = directory.resolve("t.jsonl");
    try (Subscriber sink = sink(file, Format.JSON_LINES, false)) {
      assertThat(sink.deliver(Signals.events("file-json")).delivered()).isEqualTo(2);
    }
    assertThat(comparable(Files.readString(file)))
        .isEqualTo(comparable(Signals.text("file-json/t.jsonl")));
  }

  @Test
  void writesTheSameRequestsAsProtobuf() throws Exception {
    Path file = directory.resolve("t.pb");
    try (Subscriber sink = sink(file, Format.PROTO, false)) {
      sink.deliver(List.of(Events.turn("a"), Events.turn("b")));
      sink.deliver(List.of(Events.turn("c")));
    }
    assertThat(requests(file))
        .extracting(request -> request.getResourceSpans(0).getScopeSpans(0).getSpansCount())
        .containsExactly(2, 1);
  }

  @ParameterizedTest
  @EnumSource
  void addsToWhatIsThereOrBeginsAnew(Format format) throws Exception {
    Path file = directory.resolve("f");
    write(file, format, false, Events.turn("a"));
    long one = Files.size(file);
    write(file, format, false, Events.turn("b"));
    assertThat(Files.size(file)).isEqualTo(2 * one);
    write(file, format, true, Events.turn("c"));
    assertThat(Files.size(file)).isEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource
  void letsOnlyTheOwnerRead(Format format) throws Exception {
    assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
    Path file = directory.resolve("f");
    write(file, format, false, Events.turn("a"));
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void writesBehindARequestThatWasCutOff() throws Exception {
    Path file = directory.resolve("t.pb");
    write(file, Format.PROTO, false, Events.turn("a"));
    byte[] whole = Files.readAllBytes(file);
    for (int kept : new int[] {1, 4, 5, whole.length - 1}) {
      Files.write(file, whole);
      Files.write(file, Arrays.copyOf(whole, kept), StandardOpenOption.APPEND);
      write(file, Format.PROTO, false, Events.turn("b"));
      assertThat(requests(file)).as("%d bytes of a cut request", kept).hasSize(2);
    }
  }

  @Test
  void endsALineThatWasCutOff() throws Exception {
    Path file = Files.writeString(directory.resolve("t.jsonl"), "{\"resourceSp");
    write(file, Format.JSON_LINES, false, Events.turn("a"));
    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(1)).startsWith("{\"resourceSpans\":[").endsWith("]}");
  }

  @Test
  void leavesAForeignFileAlone() throws Exception {
    Path file = Files.writeString(directory.resolve("t.pb"), "these are notes, not requests");
    try (Subscriber sink = sink(file, Format.PROTO, false)) {
      DeliveryResult result = sink.deliver(List.of(Events.turn("a")));
      assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(result.reason()).contains("t.pb", "something else");
    }
    assertThat(file).hasContent("these are notes, not requests");
  }

  @Test
  void triesAgainWhenItCannotWrite() throws Exception {
    Path blocked = Files.writeString(directory.resolve("blocked"), "");
    try (Subscriber sink = sink(blocked.resolve("t.jsonl"), Format.JSON_LINES, false)) {
      assertThat(sink.deliver(List.of(Events.turn("a"))).kind())
          .isEqualTo(DeliveryResult.Kind.RETRY);
      Files.delete(blocked);
      assertThat(sink.deliver(List.of(Events.turn("a"))).withState(Map.of()))
          .isEqualTo(DeliveryResult.done(1));
    }
  }

  @Test
  void tellsAFullDisk() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full));
    try (Subscriber sink = sink(full, Format.JSON_LINES, false)) {
      DeliveryResult result = sink.deliver(List.of(Events.turn("a")));
      assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.RETRY);
      assertThat(result.reason()).contains("/dev/full");
    }
  }

  @Test
  void writesNothingForEventsWithoutSpans() throws Exception {
    Path file = directory.resolve("t.jsonl");
    try (Subscriber sink = sink(file, Format.JSON_LINES, false)) {
      DeliveryResult result = sink.deliver(List.of(Events.turn("a").start()));
      assertThat(result.kind()).isEqualTo(DeliveryResult.Kind.DONE);
      assertThat(result.delivered()).isZero();
    }
    assertThat(file).doesNotExist();
  }

  private static void write(Path file, Format format, boolean overwrite, Event event)
      throws Exception {
    try (Subscriber sink = sink(file, format, overwrite)) {
      assertThat(sink.deliver(List.of(event)).withState(Map.of()))
          .isEqualTo(DeliveryResult.done(1));
    }
  }

  private static Subscriber sink(Path file, Format format, boolean overwrite) {
    Attributes resource =
        Attributes.of(
            AttributeKey.stringKey("service.name"), "agent-service",
            AttributeKey.stringKey("service.namespace"), "nemo",
            AttributeKey.stringKey("service.version"), "1.0.0",
            AttributeKey.stringKey("deployment.environment"), "dev");
    Projection projection =
        Projections.create(
            "full",
            new ProjectionOptions(
                new SpanIdentity(
                    Resource.create(resource), InstrumentationScopeInfo.create("nemo-relay-otel")),
                GenAiProfile.of("practice"),
                Set.of(),
                Map.of(),
                new Shape(true, false, Set.of())));
    return new SpanFileSubscriber(
        "file", Subscriber.Settings.DEFAULT, projection, new RequestFile(file, format, overwrite));
  }

  private static List<ExportTraceServiceRequest> requests(Path file) throws IOException {
    List<ExportTraceServiceRequest> requests = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      while (in.available() > 0) {
        requests.add(ExportTraceServiceRequest.parseFrom(in.readNBytes(in.readInt())));
      }
    }
    return requests;
  }

  /** All of a file but the order of attributes and those only one of both writers has. */
  private static List<@Nullable Object> comparable(String file) {
    List<@Nullable Object> lines = new ArrayList<>();
    for (String line : file.lines().toList()) {
      lines.add(sorted(Signals.plain(JsonTree.sorted(new Json(line)))));
    }
    assertThat(file.getBytes(StandardCharsets.UTF_8)).endsWith((byte) '\n');
    return lines;
  }

  private static @Nullable Object sorted(@Nullable Object json) {
    if (json instanceof Map<?, ?> members) {
      members.values().forEach(SpanFileTest::sorted);
    } else if (json instanceof List<?> elements) {
      elements.forEach(SpanFileTest::sorted);
      elements.removeIf(
          element ->
              element instanceof Map<?, ?> map
                  && String.valueOf(map.get("key")).matches("(telemetry\\.sdk|fairlead)\\..*"));
      if (elements.stream().allMatch(e -> e instanceof Map<?, ?> map && map.containsKey("key"))) {
        elements.sort(Comparator.comparing(e -> String.valueOf(((Map<?, ?>) e).get("key"))));
      }
    }
    return json;
  }
}
