package io.fairlead.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceLinesTest {

  private record Run(String output, long faulty) {}

  private static Run run(String input) throws Exception {
    PriceLines lines =
        new PriceLines(
            List.of(Fixture.catalog(Fixture.flat("p", "m", "1")).create()),
            InstantSource.fixed(Fixture.NOW));
    StringWriter out = new StringWriter();
    long faulty = lines.run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out);
    return new Run(out.toString(), faulty);
  }

  @Test
  void aLineComesBackWithItsCost() throws Exception {
    Run run =
        run(
            "{\"id\":1.50,\"provider\":\"p\",\"model\":\"m\",\"cost\":\"7\",\"note\":null,"
                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4,\"reasoning_tokens\":4}}\n\n");
    assertThat(run.faulty()).isZero();
    assertThat(run.output())
        .isEqualTo(
            "{\"id\":1.50,\"provider\":\"p\",\"model\":\"m\",\"note\":null,"
                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4,\"reasoning_tokens\":4},"
                + "\"cost\":\"0.000007\",\"currency\":\"USD\",\"status\":\"estimated\","
                + "\"matched_entry\":\"p/m\",\"catalog\":\"test (2026-11-01)\"}\n");
  }

  @Test
  void anUnknownModelHasNoCostAndAReason() throws Exception {
    assertThat(run("{\"model\":\"x\",\"usage\":{\"input_tokens\":1}}").output())
        .isEqualTo(
            "{\"model\":\"x\",\"usage\":{\"input_tokens\":1},\"status\":\"unknown\","
                + "\"reason\":\"no price is known for this model\"}\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"input_tokens\":-1' | input_tokens is not a count",
        "'\"input_tokens\":1.5' | input_tokens is not a count",
        "'\"input_tokens\":\"1\"' | input_tokens is not a count",
        "'\"input_tokens\":99999999999999999999' | input_tokens is not a count",
        "'\"output_tokens\":1,\"reasoning_tokens\":2' | reasoning_tokens exceed output_tokens",
        "'\"cached\":1' | is not a bucket",
        "'\"total_tokens\":5,\"input_tokens\":4' | split is not known",
      })
  void aContradictoryUsageIsUnknown(String usage, String reason) throws Exception {
    Run run = run("{\"provider\":\"p\",\"model\":\"m\",\"usage\":{" + usage + "}}");
    assertThat(run.faulty()).isZero();
    assertThat(run.output())
        .contains("\"status\":\"unknown\",\"reason\":\"invalid usage: ")
        .contains(reason)
        .doesNotContain("\"cost\"");
  }

  @Test
  void aLineThatIsNoQuestionDoesNotStopTheOthers() throws Exception {
    Run run =
        run(
            "nonsense\n[1]\n{\"model\":\"m\"}\n"
                + "{\"model\":\"m\",\"usage\":{},\"timestamp\":\"today\"}\n"
                + " ".repeat(2 << 20)
                + "\n"
                + "{\"provider\":\"p\",\"model\":\"m\",\"usage\":{\"input_tokens\":1000000}}");
    assertThat(run.faulty()).isEqualTo(4);
    assertThat(run.output().lines())
        .containsExactly(
            "{\"status\":\"unknown\",\"reason\":\"line 1: it is not JSON\"}",
            "{\"status\":\"unknown\",\"reason\":\"line 2: it is not a JSON object\"}",
            "{\"status\":\"unknown\",\"reason\":\"line 3: there is no usage\"}",
            "{\"status\":\"unknown\",\"reason\":\"line 4: its timestamp is not RFC 3339\"}",
            "{\"provider\":\"p\",\"model\":\"m\",\"usage\":{\"input_tokens\":1000000},"
                + "\"cost\":\"1\",\"currency\":\"USD\",\"status\":\"estimated\","
                + "\"matched_entry\":\"p/m\",\"catalog\":\"test (2026-11-01)\"}");
  }
}
