package io.fairlead.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceLinesTest {

  private record Run(String output, long faulty) {}

  private static PriceLines lines() throws Exception {
    String tiers =
        ",\"rate_schedule\":{\"type\":\"prompt_token_threshold\",\"tiers\":["
            + "{\"max_prompt_tokens\":10,\"rates\":{\"input_per_million\":1,\"output_per_million\":1}},"
            + "{\"rates\":{\"input_per_million\":2,\"output_per_million\":2}}]}";
    return new PriceLines(
        List.of(
            Fixture.catalog(
                    Fixture.flat("p", "m", "1"),
                    Fixture.flat("p", "both", "2"),
                    Fixture.flat("q", "both", "3"),
                    Fixture.entry("p", "tiered", tiers))
                .create()),
        InstantSource.fixed(Fixture.NOW));
  }

  private static Run run(String input) throws Exception {
    StringWriter out = new StringWriter();
    long faulty =
        lines().run(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), out);
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
        "{} | - | the tokens are not known",
        "{\"input_tokens\":null,\"output_tokens\":null} | - | the tokens are not known",
        "{\"input_tokens\":null,\"output_tokens\":5} | - | the number of input tokens is not known",
        "{\"input_tokens\":5,\"output_tokens\":null} | - | the number of output tokens is not known",
        "{\"input_tokens\":5,\"output_tokens\":5,\"reasoning_tokens\":null} | 0.00001 | -",
        "{\"input_tokens\":5,\"cache_read_tokens\":null} | - | no cache_read rate",
        "{\"input_tokens\":0} | - | the call used no tokens",
      })
  void whatIsNotCountedIsNotZero(String usage, String cost, String reason) throws Exception {
    Run run = run("{\"provider\":\"p\",\"model\":\"m\",\"usage\":" + usage + "}");
    assertThat(run.faulty()).isZero();
    if (cost.equals("-")) {
      assertThat(run.output())
          .contains("\"status\":\"unknown\"", "\"reason\":\"" + reason + "\"")
          .doesNotContain("\"cost\"");
    } else {
      assertThat(run.output()).contains("\"cost\":\"" + cost + "\"").doesNotContain("reason\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model\":\"m\" | 1",
        "\"provider\":null,\"model\":\"m\" | 1",
        "\"provider\":\" \",\"model\":\"m\" | 1",
        "\"model\":\"p/m\" | 1",
        "\"model\":\"both\" | -",
        "\"model\":\"q/both\" | 3",
      })
  void withoutAProviderANameMustBeClear(String names, String cost) throws Exception {
    Run run = run("{" + names + ",\"usage\":{\"input_tokens\":1000000}}");
    if (cost.equals("-")) {
      assertThat(run.output()).contains("\"status\":\"unknown\"").doesNotContain("\"cost\"");
    } else {
      assertThat(run.output()).contains("\"cost\":\"" + cost + "\"");
    }
  }

  @Test
  void namesThatAreNoTextAreFaulty() throws Exception {
    Run run = run("{\"provider\":1,\"model\":\"m\",\"usage\":{\"input_tokens\":1}}\n");
    assertThat(run.faulty()).isOne();
    assertThat(run.output())
        .startsWith("{\"provider\":1,\"model\":\"m\"")
        .contains("line 1: its provider is not a string");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstLine() throws Exception {
    Run run = run("\uFEFF{\"provider\":\"p\",\"model\":\"m\",\"usage\":{\"input_tokens\":1}}\n");
    assertThat(run.faulty()).isZero();
    assertThat(run.output()).startsWith("{\"provider\"").contains("\"cost\":\"0.000001\"");
  }

  @Test
  void severalCallsTogetherAreSaidToBe() throws Exception {
    String line =
        "{\"provider\":\"p\",\"model\":\"tiered\",\"calls\":%s,\"usage\":{\"input_tokens\":11}}";
    assertThat(run(line.formatted("1")).output()).contains("\"cost\":\"0.000022\"");
    assertThat(run(line.formatted("2")).output())
        .contains("\"status\":\"unknown\"", "the tier is open: the calls are known in sum only");
    assertThat(run(line.formatted("-1")).output()).contains("line 1: its calls are not a count");
  }

  @Test
  void anAnswerIsThereBeforeTheNextQuestion() throws Exception {
    try (PipedOutputStream questions = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(questions, 1 << 16);
        PipedReader out = new PipedReader(1 << 16);
        BufferedReader answers = new BufferedReader(out);
        Writer buffered = new BufferedWriter(new PipedWriter(out), 1 << 16)) {
      Future<Long> faulty =
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  return lines().run(in, buffered);
                } catch (Exception e) {
                  throw new CompletionException(e);
                }
              });
      String question = "{\"provider\":\"p\",\"model\":\"m\",\"usage\":{\"input_tokens\":%d}}\n";
      for (int i = 1; i <= 3; i++) {
        // The beginning of another line must not hold the answer back.
        String text = question.formatted(i) + "  ";
        questions.write(text.getBytes(StandardCharsets.UTF_8));
        questions.flush();
        assertThat(answers.readLine()).contains("\"cost\":\"0.00000" + i + "\"");
      }
      questions.close();
      assertThat(faulty.get(10, TimeUnit.SECONDS)).isZero();
    }
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
            "nonsense\n[1]\n{\"provider\":\"p\",\"model\":\"m\"}\n"
                + "{\"model\":\"m\",\"usage\":{},\"timestamp\":\"today\"}\n"
                + " ".repeat(2 << 20)
                + "\n"
                + "{\"provider\":\"p\",\"model\":\"m\",\"usage\":{\"input_tokens\":1000000}}");
    assertThat(run.faulty()).isEqualTo(5);
    assertThat(run.output().lines())
        .containsExactly(
            "{\"status\":\"unknown\",\"reason\":\"line 1: it is not JSON: this cannot stand here\"}",
            "{\"status\":\"unknown\",\"reason\":\"line 2: it is not a JSON object\"}",
            "{\"provider\":\"p\",\"model\":\"m\",\"status\":\"unknown\","
                + "\"reason\":\"line 3: there is no usage\"}",
            "{\"model\":\"m\",\"usage\":{},\"timestamp\":\"today\",\"status\":\"unknown\","
                + "\"reason\":\"line 4: its timestamp is not RFC 3339\"}",
            "{\"status\":\"unknown\",\"reason\":\"line 5: it is longer than 1048576 bytes\"}",
            "{\"provider\":\"p\",\"model\":\"m\",\"usage\":{\"input_tokens\":1000000},"
                + "\"cost\":\"1\",\"currency\":\"USD\",\"status\":\"estimated\","
                + "\"matched_entry\":\"p/m\",\"catalog\":\"test (2026-11-01)\"}");
  }
}
