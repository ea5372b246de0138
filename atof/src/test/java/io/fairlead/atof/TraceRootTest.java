package io.fairlead.atof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which trace a record belongs to. The {@code .ids} are those of the spans Relay 0.10.4 sent. */
class TraceRootTest {

  private static final String ABOVE = "01a1fcf1-2b92-7843-85c5-9ede5a016691";
  private static final String SCOPE = "01a1fcf1-2b92-7843-85c5-9ef17128e1a9";
  private static final String CHILD = "01a1fcf1-2b92-7843-85c5-9f0122887b76";

  private static String hex(long bits) {
    return String.format("%016x", bits);
  }

  private static String ids(EventHeader header) {
    UUID root = header.traceRoot();
    return hex(root.getMostSignificantBits())
        + hex(root.getLeastSignificantBits())
        + " "
        + hex(header.uuid().getLeastSignificantBits());
  }

  @ParameterizedTest
  @ValueSource(strings = {"function", "custom", "llm", "tool", "late", "two", "mixed", "mark"})
  void everySpanOfThePeerHasItsIds(String scenario) {
    List<String> sent = Lines.resource("/peers/roots/" + scenario + ".ids");
    List<String> read =
        Lines.read(Lines.resource("/peers/roots/" + scenario + ".jsonl")).stream()
            .filter(event -> !(event instanceof ScopeStart))
            .map(Event::header)
            .map(TraceRootTest::ids)
            .toList();
    assertThat(sent).isNotEmpty();
    assertThat(read).containsAll(sent);
  }

  private static String start(String uuid, String parent, String root) {
    return """
        {"kind":"scope","scope_category":"start","category":"function","uuid":"%s","name":"f",\
        "parent_uuid":%s,"propagation_root_uuid":%s,"timestamp":"2026-03-01T10:00:00Z"}"""
        .formatted(uuid, quoted(parent), quoted(root));
  }

  private static String quoted(String text) {
    return text.isEmpty() ? "null" : "\"" + text + "\"";
  }

  private static UUID root(String... lines) {
    List<Event> events = Lines.read(List.of(lines));
    return events.get(events.size() - 1).header().traceRoot();
  }

  @Test
  void aScopeBelowARootThatWasNeverEmittedIsTheRoot() {
    assertThat(root(start(SCOPE, ABOVE, ABOVE))).hasToString(SCOPE);
    assertThat(root(start(SCOPE, "", ABOVE))).hasToString(SCOPE);
    assertThat(root(start(SCOPE, ABOVE, ""))).hasToString(SCOPE);
    assertThat(root(start(SCOPE, ABOVE, ABOVE), start(CHILD, SCOPE, ABOVE))).hasToString(SCOPE);
  }

  @Test
  void aRootThatWasSeenIsTheRoot() {
    assertThat(root(start(ABOVE, "", ABOVE), start(SCOPE, ABOVE, ABOVE))).hasToString(ABOVE);
    assertThat(root(start(ABOVE, "", ABOVE), start(CHILD, SCOPE, ABOVE))).hasToString(ABOVE);
  }

  @Test
  void whatCameAfterScopesNobodySawBelongsWhereItSays() {
    assertThat(root(start(CHILD, SCOPE, ABOVE))).hasToString(ABOVE);
  }

  @Test
  void ourOwnRecordsSayTheirRootWithoutIt() {
    AtofWriter writer = new AtofWriter();
    Event child = Fixtures.turn().get(1);
    AtofReader reader = new AtofReader("files", (line, reason) -> {});
    Event read = reader.readLine(writer.line(child).getBytes(StandardCharsets.UTF_8));
    assertThat(read).isEqualTo(child);
    assertThat(child.header().traceRoot()).isEqualTo(child.header().parentUuid());
  }
}
