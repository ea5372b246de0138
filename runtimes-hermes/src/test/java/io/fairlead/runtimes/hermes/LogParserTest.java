package io.fairlead.runtimes.hermes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.runtimes.hermes.LogFact.CallDone;
import io.fairlead.runtimes.hermes.LogFact.CallFailed;
import io.fairlead.runtimes.hermes.LogFact.ToolDone;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogParserTest {

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private static String call(String time) {
    return time
        + " INFO [s1] agent.conversation_loop: API call #2: model=m provider=p in=9320 out=33"
        + " total=9353 latency=0.1s cache=9000/9320 (97%)";
  }

  private static LogFact parse(LogParser parser, String line) {
    return Objects.requireNonNull(parser.parse(line), line);
  }

  @Test
  void aCallHasItsFigures() {
    LogFact fact = parse(new LogParser(ZoneId.of("UTC")), call("2026-11-21 07:03:02,848"));
    long time = Instant.parse("2026-11-21T07:03:02.848Z").toEpochMilli() * 1_000_000;
    assertThat(fact).isEqualTo(new CallDone(time, "s1", "m", "p", 9320, 33, 9000, 100_000_000L));
  }

  @Test
  void anHourThatOccursTwiceIsToldApartByTheOrderOfLines() {
    LogParser parser = new LogParser(BERLIN);
    assertThat(time(parser, "2026-10-25 02:30:00,000")).isEqualTo("2026-10-25T00:30:00Z");
    assertThat(time(parser, "2026-10-25 02:59:59,000")).isEqualTo("2026-10-25T00:59:59Z");
    assertThat(time(parser, "2026-10-25 02:00:01,000")).isEqualTo("2026-10-25T01:00:01Z");
    assertThat(time(parser, "2026-10-25 03:00:00,000")).isEqualTo("2026-10-25T02:00:00Z");
  }

  private static String time(LogParser parser, String time) {
    return Instant.ofEpochMilli(parse(parser, call(time)).timeNanos() / 1_000_000).toString();
  }

  @ParameterizedTest
  @CsvSource({
    "RateLimitError,429,rate_limit",
    "InternalServerError,503,server_error",
    "BadRequestError,400,bad_request",
    "AuthenticationError,401,auth",
    "APITimeoutError,0,timeout",
    "APIStatusError,529,server_error",
    "SomethingElse,0,_OTHER"
  })
  void failuresHaveADocumentedType(String errorClass, int status, String type) {
    String line =
        "2026-11-21 07:03:32,822 WARNING [s1] agent.conversation_loop: API call failed (attempt"
            + " 2/3) error_type="
            + errorClass
            + " thread=MainThread:1 provider=p base_url=http://h:1/v1 model=m summary="
            + (status == 0 ? "gone" : "HTTP " + status + ": no");
    assertThat(parse(new LogParser(BERLIN), line))
        .isInstanceOfSatisfying(
            CallFailed.class,
            failed -> {
              assertThat(failed.errorType()).isEqualTo(type);
              assertThat(failed.attempt()).isEqualTo(2);
            });
  }

  @Test
  void toolLinesSayHowLongAndWhetherItFailed() {
    String line =
        "2026-11-21 07:03:07,578 WARNING [s1] agent.tool_executor: Tool terminal returned error"
            + " (0.02s): {\"exit_code\": 3}";
    assertThat(parse(new LogParser(BERLIN), line))
        .isInstanceOfSatisfying(
            ToolDone.class,
            tool -> {
              assertThat(tool.tool()).isEqualTo("terminal");
              assertThat(tool.durationNanos()).isEqualTo(20_000_000L);
              assertThat(tool.failed()).isTrue();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[Tool loop warning: same_tool_failure_warning; cou",
        "2026-11-21 07:03:07,353 INFO agent.tool_executor: tool read_file failed (0.07s): {}",
        "2026-13-41 07:03:07,353 INFO [s1] agent.tool_executor: tool read_file failed (0.07s)",
        "2026-11-21 07:03:07,353 INFO [s1",
        "2026-11-21 07:03:07,353 INFO [s1] agent.tool_executor: tool x completed (soon)",
        "2026-11-21 07:03:07,353 INFO [s1] some.logger: API call #1: model=m"
      })
  void otherLinesSayNothing(String line) {
    assertThat(new LogParser(BERLIN).parse(line)).isNull();
  }
}
