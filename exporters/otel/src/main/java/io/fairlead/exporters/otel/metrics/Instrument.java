package io.fairlead.exporters.otel.metrics;

import java.util.List;

/**
 * A metric we can write.
 *
 * @param name its name
 * @param unit its unit; an annotation in braces where a real unit would change the scrape name
 * @param description one sentence; becomes the help text of the scrape
 * @param kind how values are put together
 * @param boundaries upper bounds of a histogram's buckets, else empty
 * @param measured whether metric marks record into it, not we
 */
record Instrument(
    String name,
    String unit,
    String description,
    Kind kind,
    List<Double> boundaries,
    boolean measured) {

  /** How values are put together. */
  enum Kind {
    /** Whole numbers are added up. */
    COUNTER,
    /** Exact decimals are added up. */
    AMOUNT,
    /** Whole numbers are added up and may fall. */
    UP_DOWN,
    /** Exact decimals are added up and may fall. */
    UP_DOWN_AMOUNT,
    /** The last whole number counts. */
    GAUGE,
    /** The last decimal counts. */
    GAUGE_AMOUNT,
    /** Values are sorted into buckets. */
    HISTOGRAM;

    /**
     * Sums that may fall are told in full, whatever the temporality: so is OpenTelemetry's rule.
     */
    boolean isAlwaysCumulative() {
      return this == UP_DOWN || this == UP_DOWN_AMOUNT;
    }
  }

  /** OpenTelemetry's, for histograms of metric marks that name none. */
  static final List<Double> USUAL_BOUNDS =
      List.of(
          0d, 5d, 10d, 25d, 50d, 75d, 100d, 250d, 500d, 750d, 1000d, 2500d, 5000d, 7500d, 10000d);

  private static final List<Double> TOKEN_BOUNDS =
      List.of(
          1d, 4d, 16d, 64d, 256d, 1024d, 4096d, 16384d, 65536d, 262144d, 1048576d, 4194304d,
          16777216d, 67108864d);

  private static final List<Double> SECOND_BOUNDS =
      List.of(
          0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

  private static final List<Double> AGENT_BOUNDS =
      List.of(0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6);

  static final Instrument TOKEN_USAGE =
      histogram(
          "gen_ai.client.token.usage",
          "{token}",
          "Tokens of one model call; input includes the cache.",
          TOKEN_BOUNDS);
  static final Instrument INPUT_TOKENS =
      histogram(
          "gen_ai.client.inference.operation.input_tokens",
          "{token}",
          "Input tokens of one model call, the cache included.",
          TOKEN_BOUNDS);
  static final Instrument OUTPUT_TOKENS =
      histogram(
          "gen_ai.client.inference.operation.output_tokens",
          "{token}",
          "Output tokens of one model call.",
          TOKEN_BOUNDS);
  static final Instrument OPERATION_DURATION =
      histogram(
          "gen_ai.client.operation.duration", "s", "Duration of one model call.", SECOND_BOUNDS);
  static final Instrument INFERENCE_DURATION =
      histogram(
          "gen_ai.client.inference.duration", "s", "Duration of one model call.", SECOND_BOUNDS);
  static final Instrument TOOL_DURATION =
      histogram("gen_ai.execute_tool.duration", "s", "Duration of one tool call.", SECOND_BOUNDS);
  static final Instrument AGENT_DURATION =
      histogram("gen_ai.invoke_agent.duration", "s", "Duration of one turn.", AGENT_BOUNDS);

  static final Instrument TOKENS =
      counter("fairlead.tokens", "{token}", "Tokens by disjoint bucket; their sum is the total.");
  static final Instrument CALLS = counter("fairlead.calls", "{call}", "Model calls by outcome.");
  static final Instrument UNPRICED =
      counter("fairlead.calls.unpriced", "{call}", "Model calls whose cost is not known.");
  static final Instrument COST =
      new Instrument(
          "fairlead.cost",
          "",
          "Known cost of model calls, in the currency of its label.",
          Kind.AMOUNT,
          List.of(),
          false);
  static final Instrument TOOL_CALLS =
      counter("fairlead.tool.calls", "{call}", "Tool calls by tool and outcome.");

  static final List<Instrument> ALL =
      List.of(
          TOKEN_USAGE,
          INPUT_TOKENS,
          OUTPUT_TOKENS,
          OPERATION_DURATION,
          INFERENCE_DURATION,
          TOOL_DURATION,
          AGENT_DURATION,
          TOKENS,
          CALLS,
          UNPRICED,
          COST,
          TOOL_CALLS);

  static Instrument counter(String name, String unit, String description) {
    return new Instrument(name, unit, description, Kind.COUNTER, List.of(), false);
  }

  private static Instrument histogram(
      String name, String unit, String description, List<Double> boundaries) {
    return new Instrument(name, unit, description, Kind.HISTOGRAM, boundaries, false);
  }
}
