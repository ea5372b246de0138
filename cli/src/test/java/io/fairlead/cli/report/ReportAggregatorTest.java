package io.fairlead.cli.report;

import static io.fairlead.cli.TestEvents.FAILED;
import static io.fairlead.cli.TestEvents.model;
import static io.fairlead.cli.TestEvents.nanos;
import static io.fairlead.cli.TestEvents.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.cli.TestEvents;
import io.fairlead.spi.event.AgentProfile.TurnKind;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.LlmProfile.Counting;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.TokenUsage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // assertions are what finds a null here
class ReportAggregatorTest {

  private static final Instant START = Instant.parse("2026-11-20T23:00:00Z");
  private static final Instant LATER = Instant.parse("2026-11-21T00:30:00Z");
  private static final TokenUsage FULL = TokenUsage.of(100, 50, 20, 40, 10);

  private final ReportAggregator aggregator = new ReportAggregator();

  private void deliver(Event... events) {
    aggregator.deliver(List.of(events));
  }

  private ModelTotals onlyModel() {
    Report report = aggregator.report(null, 0);
    assertThat(report.all().models()).hasSize(1);
    return report.all().allModels();
  }

  private static List<SessionTotals> sessions(Report report) {
    List<SessionTotals> sessions = new ArrayList<>();
    report.forEachSession(sessions::add);
    return sessions;
  }

  @Test
  void turnsAreThoseThatSomebodyAskedFor() {
    TestEvents s = new TestEvents("s", null, START);
    deliver(
        s.turn(TurnKind.USER, START, LATER),
        s.turn(TurnKind.SUBAGENT, START, LATER),
        s.turn(TurnKind.INTERNAL, START, LATER));
    assertThat(aggregator.report(null, 0).all().turns()).isEqualTo(2);
  }

  @Test
  void aFullyCountedCallAddsCallTokensAndCost() {
    TestEvents s = new TestEvents("s", null, START);
    deliver(
        s.call(
            model("m").usage(FULL).cost(usd("0.1", Cost.Status.ESTIMATED)).build(),
            Outcome.UNSET,
            LATER),
        s.call(
            model("m").usage(FULL).cost(usd("0.2", Cost.Status.REPORTED)).build(),
            Outcome.UNSET,
            LATER));
    ModelTotals totals = onlyModel();
    assertThat(totals.calls()).isEqualTo(2);
    assertThat(totals.usage()).isEqualTo(FULL.plus(FULL));
    assertThat(totals.costs().get("USD").amount()).isEqualByComparingTo("0.3");
    assertThat(totals.costs().get("USD").status()).isEqualTo(Cost.Status.ESTIMATED);
    assertThat(totals.unpricedCalls()).isZero();
  }

  @Test
  void whatIsPartOfASumIsCountedWithTheSumOnly() {
    TestEvents s = new TestEvents("s", null, START);
    deliver(
        s.call(model("m").usage(FULL).counting(Counting.CALL).build(), Outcome.UNSET, LATER),
        s.call(model("m").usage(FULL).counting(Counting.NONE).build(), Outcome.UNSET, LATER),
        s.usage("m", 1, FULL, usd("0.5", Cost.Status.INCLUDED), 0, LATER));
    ModelTotals totals = onlyModel();
    assertThat(totals.calls()).isEqualTo(2);
    assertThat(totals.usage()).isEqualTo(FULL);
    assertThat(totals.costs().get("USD").amount()).isEqualByComparingTo("0.5");
    assertThat(totals.unpricedCalls()).isZero();
  }

  @Test
  void failedCallsAreCallsWhateverElseIsCounted() {
    TestEvents s = new TestEvents("s", null, START);
    for (Counting counting : Counting.values()) {
      deliver(s.call(model("m").counting(counting).build(), FAILED, LATER));
    }
    ModelTotals totals = onlyModel();
    assertThat(totals.calls()).isEqualTo(3);
    assertThat(totals.failedCalls()).isEqualTo(3);
    assertThat(totals.unpricedCalls()).as("nothing was used").isZero();
    assertThat(totals.usage()).isNull();
  }

  @Test
  void aBucketThatOnePartDoesNotKnowIsNotKnown() {
    TestEvents s = new TestEvents("s", null, START);
    deliver(
        s.call(model("m").usage(FULL).build(), Outcome.UNSET, LATER),
        s.call(model("m").usage(TokenUsage.totals(170, 50, 40)).build(), Outcome.UNSET, LATER));
    TokenUsage usage = onlyModel().usage();
    assertThat(usage).isNotNull();
    assertThat(usage.input()).isEqualTo(TokenUsage.UNKNOWN);
    assertThat(usage.totalInput()).isEqualTo(340);
    assertThat(usage.cacheRead()).isEqualTo(100);
    assertThat(onlyModel().unpricedCalls()).isEqualTo(2);
  }

  @Test
  void sessionsAreSortedByStartAndKeepTheirOwnFacts() {
    TestEvents late = new TestEvents("late", "early", LATER);
    TestEvents early = new TestEvents("early", null, null);
    deliver(
        late.tool("grep", FAILED, LATER.plusSeconds(5)),
        early.turn(TurnKind.USER, START, START.plusSeconds(9)),
        early.tool("grep", Outcome.UNSET, LATER),
        early.ended(LATER));
    List<SessionTotals> sessions = sessions(aggregator.report(null, 0));
    assertThat(sessions).extracting(SessionTotals::sessionId).containsExactly("early", "late");
    assertThat(sessions.get(0).startNanos()).as("its first turn").isEqualTo(nanos(START));
    assertThat(sessions.get(0).endNanos()).isEqualTo(nanos(LATER));
    assertThat(sessions.get(1).parentSessionId()).isEqualTo("early");
    assertThat(sessions.get(1).endNanos()).isNull();
    assertThat(sessions.get(1).totals().tools().get("grep").failedCalls()).isEqualTo(1);
  }

  @Test
  void daysAreThoseOnWhichWorkEnded() {
    TestEvents s = new TestEvents("s", null, START);
    deliver(
        s.turn(TurnKind.USER, START, START.plusSeconds(1)), s.turn(TurnKind.USER, START, LATER));
    assertThat(aggregator.report(null, 0).days().keySet())
        .extracting(Object::toString)
        .containsExactly("2026-11-20", "2026-11-21");
  }

  @Test
  void sinceLeavesOutSessionsThatWereOverBefore() {
    TestEvents old = new TestEvents("old", null, START);
    TestEvents current = new TestEvents("current", null, START);
    deliver(
        old.turn(TurnKind.USER, START, START.plusSeconds(1)),
        current.turn(TurnKind.USER, START, LATER));
    assertThat(sessions(aggregator.report(nanos(LATER), 0)))
        .extracting(SessionTotals::sessionId)
        .containsExactly("current");
  }

  @Test
  void jsonLeavesOutWhatIsNotKnown() {
    TestEvents s = new TestEvents("s1", null, START);
    deliver(
        s.turn(TurnKind.USER, START, LATER),
        s.call(
            model("m").usage(FULL).cost(usd("0.000000123", Cost.Status.ESTIMATED)).build(),
            Outcome.UNSET,
            LATER),
        s.call(model("n").build(), FAILED, LATER),
        s.tool("grep", FAILED, LATER));
    StringWriter out = new StringWriter();
    JsonOutput.write(
        new PrintWriter(out), json -> ReportJson.write(aggregator.report(null, 0), json));
    assertThat(out.toString().strip())
        .isEqualTo(
            """
            {"sessions":[{"runtime":"hermes","agent_id":"hermes","session_id":"s1","turns":1,\
            "started_at":"2026-11-20T23:00:00Z","models":[{"provider":"custom","model":"m",\
            "calls":1,"failed_calls":0,"input_tokens":100,"cache_read_tokens":50,\
            "cache_write_tokens":20,"cache_write_1h_tokens":0,"output_tokens":40,\
            "reasoning_tokens":10,"costs":[{"amount":"0.000000123","currency":"USD",\
            "status":"estimated"}],"unpriced_calls":0},{"provider":"custom","model":"n",\
            "calls":1,"failed_calls":1,"costs":[],"unpriced_calls":0}],\
            "tools":[{"name":"grep","calls":1,"failed_calls":1}]}]}\
            """);
  }

  @Test
  void tablesNameWhatTheNumbersLack() {
    TestEvents s = new TestEvents("s1", null, START);
    deliver(
        s.turn(TurnKind.USER, START, LATER),
        s.usage("priced", 2, FULL, usd("1.5", Cost.Status.ESTIMATED), 0, LATER),
        s.usage("free-lunch", 3, FULL, null, 3, LATER));
    StringWriter out = new StringWriter();
    PrintWriter writer = new PrintWriter(out);
    ReportTables tables = new ReportTables(aggregator.report(null, 1), 200);
    tables.print(ReportTables.By.model, writer);
    tables.printNotes(writer);
    writer.flush();
    assertThat(out.toString())
        .contains("~1.5000 USD +?")
        .contains("3 model calls without a known price, not in any cost (+?): free-lunch")
        .contains("1 open turn, not in any number");
  }

  @Test
  void aSessionWithoutATurnThatEndedHasARow() {
    TestEvents s = new TestEvents("s", "p", START);
    deliver(s.started());
    Report report = aggregator.report(null, 1);
    List<SessionTotals> sessions = sessions(report);
    assertThat(sessions).hasSize(1);
    assertThat(sessions.get(0).parentSessionId()).isEqualTo("p");
    assertThat(sessions.get(0).startNanos()).isEqualTo(nanos(START));
    assertThat(report.all().turns()).isZero();
  }

  @Test
  void aCallThatIsCountedElsewhereMakesNoModel() {
    TestEvents s = new TestEvents("s", null, START);
    deliver(s.call(LlmProfile.builder().counting(Counting.NONE).build(), Outcome.UNSET, LATER));
    assertThat(aggregator.report(null, 0).all().models()).isEmpty();
  }

  @Test
  void moreSessionsThanFitIntoMemoryGiveTheSameReport() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    try (ReportAggregator few = new ReportAggregator(3)) {
      for (int i = 0; i < 600; i++) {
        Event event = anyEvent(random);
        aggregator.deliver(List.of(event));
        few.deliver(List.of(event));
      }
      for (Long since : new Long[] {null, nanos(START.plusSeconds(8_000))}) {
        assertThat(printed(few.report(since, 2)))
            .as("seed %d", seed)
            .isEqualTo(printed(aggregator.report(since, 2)));
      }
    }
  }

  private static Event anyEvent(Random random) {
    int n = random.nextInt(40);
    TestEvents s =
        new TestEvents(
            "s" + n, n % 7 == 0 ? "s1" : null, n % 5 == 0 ? null : START.plusSeconds(n * 60L));
    Instant end = START.plusSeconds(n * 60L + random.nextInt(9_000));
    TokenUsage usage = random.nextBoolean() ? FULL : TokenUsage.totals(170, 50, 40);
    String model = "m" + random.nextInt(3);
    return switch (random.nextInt(6)) {
      case 0 -> s.turn(TurnKind.USER, START.plusSeconds(n * 60L), end);
      case 1 -> s.tool("tool" + random.nextInt(3), FAILED, end);
      case 2 -> s.usage(model, 2, usage, usd("0.5", Cost.Status.INCLUDED), 1, end);
      case 3 -> s.ended(end);
      case 4 -> s.call(model(model).build(), FAILED, end);
      default ->
          s.call(
              model(model).usage(usage).cost(usd("0.1", Cost.Status.ESTIMATED)).build(),
              Outcome.UNSET,
              end);
    };
  }

  private static String printed(Report report) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    JsonOutput.write(out, json -> ReportJson.write(report, json));
    ReportTables tables = new ReportTables(report, 200);
    for (ReportTables.By by : ReportTables.By.values()) {
      tables.print(by, out);
    }
    tables.printNotes(out);
    out.flush();
    return text.toString();
  }
}
