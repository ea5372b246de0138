package io.fairlead.atof;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TimeQuality;
import io.fairlead.testkit.Fixtures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AtofReaderTest {

  private static final String GOOD =
      """
      {"kind":"mark","uuid":"01a1fcf1-2b92-7843-85c5-9ef17128e1a9","name":"n",\
      "timestamp":"2026-03-01T10:00:00Z"}""";

  private final List<String> problems = new ArrayList<>();

  private AtofReader reader(AtofReader.Limits limits) {
    return new AtofReader("files", limits, (line, reason) -> problems.add(line + ": " + reason));
  }

  private List<Event> read(String text) throws IOException {
    return read(text, AtofReader.Limits.DEFAULT);
  }

  private List<Event> read(String text, AtofReader.Limits limits) throws IOException {
    List<Event> events = new ArrayList<>();
    reader(limits).readAll(new ByteArrayInputStream(text.getBytes(UTF_8)), events::add);
    return events;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.10.4", "0.5.0"})
  void aPeersTraceHasOneRootAndOneSession(String version) {
    List<Event> events =
        Lines.read(Lines.resource("/peers/01-agent-llm-tool-" + version + ".jsonl"));
    UUID root = events.get(0).header().uuid();
    assertThat(events)
        .allSatisfy(
            event -> {
              assertThat(event.header().traceRoot()).isEqualTo(root);
              assertThat(event.header().origin().sessionId()).isEqualTo("sess-1");
              assertThat(event.header().origin().runtime()).isEqualTo("demo");
            });
    ScopeEnd call = (ScopeEnd) events.get(2);
    assertThat(call.start()).isEqualTo(events.get(1));
    assertThat(call.durationNanos()).isEqualTo(1_250_000_000L);
    assertThat(call.profile()).isEqualTo(LlmProfile.builder().requestModel("gpt-4o-mini").build());
  }

  @ParameterizedTest
  @CsvSource({
    "'\"2300-01-01T00:00:00.000Z\"', 9223372036854775807",
    "'\"9999-12-31T23:59:59+00:00\"', 9223372036854775807",
    "'\"1500-01-01T00:00:00Z\"', -9223372036854775808",
    "99999999999999999, 9223372036854775807",
    "-99999999999999999, -9223372036854775808",
  })
  void aTimeNoEventCanHoldIsTheNearestThereIs(String written, long nanos) throws IOException {
    assertThat(read(GOOD.replace("\"2026-03-01T10:00:00Z\"", written)))
        .singleElement()
        .satisfies(event -> assertThat(event.header().timeNanos()).isEqualTo(nanos));
    assertThat(problems).isEmpty();
  }

  @Test
  void aPeersStatusIsWhatItsMetadataSays() {
    List<ScopeEnd> ends =
        Lines.read(Lines.resource("/peers/02-errors-0.10.4.jsonl")).stream()
            .filter(ScopeEnd.class::isInstance)
            .map(ScopeEnd.class::cast)
            .toList();
    assertThat(ends)
        .extracting(ScopeEnd::outcome)
        .containsExactly(
            Outcome.error("not_found", "no such file"),
            Outcome.error("_OTHER", null),
            Outcome.OK,
            Outcome.UNSET,
            Outcome.OK,
            Outcome.error("_OTHER", null));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:00:00Z, 1772359200000000000, 2026-03-01T10:00:00+00:00",
    "2026-03-01T11:00:00.5+01:00, 1772359200500000000, 2026-03-01T10:00:00.500+00:00",
    "2026-03-01T10:00:00.000001+00:00, 1772359200000001000, 2026-03-01T10:00:00.000001+00:00",
    "2026-03-01T10:00:00.123456789+00:00, 1772359200123456789, 2026-03-01T10:00:00.123456789+00:00",
    "1969-12-31T23:59:59.999+00:00, -1000000, 1969-12-31T23:59:59.999+00:00"
  })
  void timesAreNanosecondsAndWrittenAsThePeerDoes(String text, long nanos, String written)
      throws IOException {
    Event event = read(GOOD.replace("2026-03-01T10:00:00Z", text)).get(0);
    assertThat(event.header().timeNanos()).isEqualTo(nanos);
    assertThat(AtofTime.format(nanos)).isEqualTo(written);
  }

  @Test
  void badLinesAreReportedByNumberAndReadingGoesOn() throws IOException {
    String text =
        String.join(
            "\n",
            GOOD,
            "s3cret",
            "",
            "{\"kind\":\"scope\"",
            GOOD.replace("01a1fcf1", "s3cret"),
            GOOD.replace("mark", "s3cret"),
            GOOD.replace("2026-", "s3cret"),
            GOOD + GOOD,
            GOOD.replace("}", ",\"metadata\":{\"fairlead\":{\"v\":1,\"agent\":7}}}"),
            GOOD);
    assertThat(read(text)).hasSize(2);
    assertThat(problems)
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactly("2", "4", "5", "6", "7", "8", "9");
    assertThat(problems).noneMatch(problem -> problem.contains("s3cret"));
  }

  @Test
  void bytesInAnotherEncodingAreBadLines() {
    AtofReader reader = reader(AtofReader.Limits.DEFAULT);
    for (Charset charset :
        List.of(
            UTF_16, UTF_16LE, UTF_16BE, Charset.forName("UTF-32BE"), Charset.forName("UTF-32LE"))) {
      assertThat(reader.readLine(GOOD.getBytes(charset))).as("%s", charset).isNull();
    }
    assertThat(problems).hasSize(5);
    byte[] broken = GOOD.getBytes(UTF_8);
    broken[GOOD.indexOf("\"n\"") + 1] = (byte) 0xC3;
    assertThat(reader.readLine(broken)).isNull();
  }

  @Test
  void aFileMayBeginWithAByteOrderMark() throws IOException {
    assertThat(read("\uFEFF" + GOOD + "\n" + GOOD)).hasSize(2);
    assertThat(problems).isEmpty();
  }

  @Test
  void hostileBytesNeverEndTheReading() {
    long seed = 20_261_121;
    Random random = new Random(seed);
    byte[] good = new AtofWriter().line(Fixtures.turn().get(2)).getBytes(UTF_8);
    AtofReader reader = reader(AtofReader.Limits.DEFAULT);
    for (int i = 0; i < 20_000; i++) {
      byte[] line =
          Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
      for (int flips = random.nextInt(4); flips >= 0 && line.length > 0; flips--) {
        line[random.nextInt(line.length)] = (byte) random.nextInt(256);
      }
      assertThatCode(() -> reader.readLine(line))
          .as("seed %d, line %d", seed, i)
          .doesNotThrowAnyException();
    }
    assertThat(problems).isNotEmpty();
  }

  @Test
  void typedFactsAreFoundWhereverAnotherToolPutThem() throws IOException {
    Event event = Fixtures.turn().get(2);
    String line =
        new AtofWriter().line(event).replace("\"metadata\":{", "\"metadata\":{ \"a\":1 , ");
    String moved =
        line.replaceAll(
            "\\{ \"a\":1 , (\"fairlead\":.*\\}) ?\\},\"name\"", "{ $1 , \"a\":1 },\"name\"");
    assertThat(moved).isNotEqualTo(line).contains("{ \"fairlead\"", " , \"a\":1 }");
    for (String text : List.of(line, moved)) {
      ScopeEnd read = (ScopeEnd) read(text).get(0);
      assertThat(problems).isEmpty();
      assertThat(read.profile()).isEqualTo(((ScopeEnd) event).profile());
      assertThat(String.valueOf(read.header().metadata()))
          .contains("\"a\":1")
          .doesNotContain("fairlead");
      assertThat(JsonTree.of(Objects.requireNonNull(read.header().metadata()).text()))
          .isEqualTo(Map.of("a", BigDecimal.ONE));
    }
  }

  @Test
  void aLineThatIsTooLongIsSkippedWithoutBeingKept() throws IOException {
    String longLine = GOOD.replace("\"n\"", "\"" + "n".repeat(300_000) + "\"");
    List<Event> events =
        read(GOOD + "\n" + longLine + "\n" + GOOD, new AtofReader.Limits(1_000, 10));
    assertThat(events).hasSize(2);
    assertThat(problems).containsExactly("2: longer than 1000 bytes");
  }

  @Test
  void anEndWithoutAStartHasNoKnownDuration() throws IOException {
    String end = Lines.resource("/peers/01-agent-llm-tool-0.10.4.jsonl").get(2);
    ScopeEnd event = (ScopeEnd) read(end).get(0);
    assertThat(event.durationNanos()).isZero();
    assertThat(event.timeQuality()).isEqualTo(TimeQuality.APPROXIMATE);
    assertThat(event.hasExactDuration()).isFalse();
    assertThat(JsonTree.of(new AtofWriter().line(event))).isEqualTo(JsonTree.of(end));
  }

  @Test
  void anEndOfOursKnowsWhenItStartedWithoutItsStart() throws IOException {
    ScopeEnd end = (ScopeEnd) Fixtures.turn().get(2);
    ScopeEnd read = (ScopeEnd) read(new AtofWriter().line(end)).get(0);
    assertThat(read.durationNanos()).isEqualTo(2_000_000_000L);
    assertThat(read.profile()).isEqualTo(end.profile());
  }

  @Test
  void aRepeatedBatchGivesTheSameEventsAgain() throws IOException {
    AtofWriter writer = new AtofWriter();
    List<String> lines = Fixtures.turn().stream().map(writer::line).toList();
    String text = String.join("\n", lines) + "\n" + lines.get(2) + "\n" + lines.get(5) + "\n";
    List<Event> events = read(text);
    assertThat(events.get(6)).isEqualTo(events.get(2));
    assertThat(events.get(7)).isEqualTo(events.get(5));
  }

  @Test
  void openScopesAreBounded() throws IOException {
    AtofReader reader = reader(new AtofReader.Limits(10_000, 3));
    String start = Lines.resource("/peers/01-agent-llm-tool-0.5.0.jsonl").get(0);
    for (int i = 0; i < 10; i++) {
      String uuid = new UUID(1, i).toString();
      String line = start.replace("01a1fcf1-393e-7a90-a787-bc103406282e", uuid);
      assertThat(reader.readLine(line.getBytes(UTF_8))).isNotNull();
    }
    assertThat(reader.openScopes()).isEqualTo(3);
  }
}
