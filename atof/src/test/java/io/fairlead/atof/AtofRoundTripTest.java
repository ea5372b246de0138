package io.fairlead.atof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.atof.bodies.BodyFacts;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeEvent;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.TokenUsage;
import io.fairlead.testkit.Fixtures;
import io.fairlead.testkit.RandomEvents;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtofRoundTripTest {

  private final AtofWriter writer = new AtofWriter();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "01-agent-llm-tool-0.10.4",
        "01-agent-llm-tool-0.5.0",
        "02-errors-0.10.4",
        "02-errors-0.5.0",
        "hermes-hooks"
      })
  void aPeersFileReadAndWrittenAgainIsEqualAsJson(String name) {
    List<String> lines = Lines.resource("/peers/" + name + ".jsonl");
    List<Event> events = Lines.read(lines);
    assertThat(events).hasSameSizeAs(lines);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(JsonTree.of(writer.line(events.get(i))))
          .as("%s line %d", name, i + 1)
          .isEqualTo(JsonTree.of(lines.get(i)));
    }
    assertThat(Lines.read(events.stream().map(writer::line).toList())).isEqualTo(events);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 20261121})
  void ourOwnFileReadAgainGivesTheSameEvents(long seed) {
    RandomEvents random = new RandomEvents(seed);
    for (int i = 0; i < 50; i++) {
      List<Event> events = random.trace(40);
      List<String> lines = events.stream().map(writer::line).toList();
      assertThat(lines).as("%s", random).noneMatch(line -> line.contains("\n"));
      assertThat(Lines.read(lines)).as("%s, trace %d", random, i).isEqualTo(events);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"01-agent-llm-tool-0.10.4", "01-agent-llm-tool-0.5.0"})
  void factsThatThePeersOwnBodiesSayAreNotAdded(String name) {
    List<String> lines = Lines.resource("/peers/" + name + ".jsonl");
    List<Event> read = Lines.read(lines);
    List<Event> filled = read.stream().map(AtofRoundTripTest::filled).toList();
    assertThat(filled).isNotEqualTo(read);
    for (int i = 0; i < lines.size(); i++) {
      assertThat(JsonTree.of(writer.line(filled.get(i))))
          .as("%s line %d", name, i + 1)
          .isEqualTo(JsonTree.of(lines.get(i)));
    }
  }

  @Test
  void aModelThatOnlyTheBodyNamesIsNotWrittenIntoTheProfile() {
    String line =
        """
        {"atof_version":"0.1","attributes":[],"category":"llm","category_profile":{},"data":\
        {"content":{"messages":[{"role":"user","content":"q"}],"model":"m1"},"headers":{}},\
        "data_schema":null,"kind":"scope","metadata":null,"name":"openai","parent_uuid":null,\
        "propagation_root_uuid":"01a1ff5e-d147-7862-b6dc-0868e29b7aa4","scope_category":"start",\
        "timestamp":"2026-03-01T10:18:50.652+00:00",\
        "uuid":"01a1ff5e-d147-7862-b6dc-0868e29b7aa4"}""";
    ScopeStart filled = (ScopeStart) filled(Lines.read(List.of(line)).get(0));
    assertThat(filled.profile()).extracting("requestModel").isEqualTo("m1");
    assertThat(JsonTree.of(writer.line(filled))).isEqualTo(JsonTree.of(line));
  }

  private static Event filled(Event event) {
    return event instanceof ScopeEvent scope ? BodyFacts.fill(scope) : event;
  }

  @Test
  void unknownMembersAndOtherSpellingsOfARecordStay() {
    String line =
        """
        {"kind":"scope","scope_category":"start","category":"spaceship","uuid":\
        "01A1FCF1-2B92-7843-85C5-9EF17128E1A9","timestamp":1772359200000001,"name":"n",\
        "x_new":{"b":1.0,"a":[12345678901234567890]},"category_profile":{"z":1},"attributes":null,\
        "data":{"d":2.50},"data_schema":{"name":"s"}}""";
    List<Event> events = Lines.read(List.of(line));
    assertThat(events.get(0).header().timeNanos()).isEqualTo(1_772_359_200_000_001_000L);
    assertThat(JsonTree.of(writer.line(events.get(0)))).isEqualTo(JsonTree.of(line));
  }

  @Test
  void whatARedactorTookOutOfAPeersRecordStaysOut() {
    String line = Lines.resource("/peers/01-agent-llm-tool-0.10.4.jsonl").get(1);
    Event event = Lines.read(List.of(line)).get(0);
    EventHeader redacted = event.header().withData(new Json("\"[REDACTED]\"")).withMetadata(null);
    ScopeStart start = (ScopeStart) event;
    String written = writer.line(new ScopeStart(redacted, start.category(), start.profile()));
    assertThat(written).contains("[REDACTED]").doesNotContain("weather in Paris");
  }

  @Test
  void factsAddedToAPeersEventAreWrittenAndReadAgain() {
    List<String> lines = Lines.resource("/peers/01-agent-llm-tool-0.5.0.jsonl");
    ScopeEnd end = (ScopeEnd) Lines.read(lines).get(2);
    LlmProfile profile = (LlmProfile) Objects.requireNonNull(end.profile());
    ScopeEnd enriched =
        new ScopeEnd(
            end.header(),
            end.start(),
            profile.toBuilder().usage(TokenUsage.of(42, 0, 0, 11, 0)).build(),
            end.outcome(),
            end.timeQuality(),
            end.incomplete());
    List<String> written = List.of(lines.get(0), lines.get(1), writer.line(enriched));
    assertThat(Lines.read(written).get(2)).isEqualTo(enriched);
  }

  @Test
  void theMembersStandSortedAndTypedFactsUnderMetadata() {
    String line = writer.line(Fixtures.turn().get(2));
    assertThat(line)
        .startsWith("{\"atof_version\":\"0.1\",\"attributes\":[],\"category\":\"llm\",")
        .contains("\"category_profile\":{\"model_name\":\"gpt-4o-mini\"}")
        .contains("\"metadata\":{\"fairlead\":{\"v\":1,\"origin\":{\"runtime\":\"jvm\"")
        .contains("\"timestamp\":\"2026-03-01T10:00:03+00:00\"")
        .contains("\"amount\":\"0.0012\"");
    assertThat(line.getBytes(UTF_8)).hasSizeLessThan(2_000);
  }
}
