package io.fairlead.core.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.config.ConfigNode;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The answers of four peers, recorded, asked again through {@link PriceLines}: equal as decimals,
 * or on the list of corrections, which names the peer's fault and is as strict about our answer.
 */
class PeerCasesTest {

  /**
   * Ours where it is not the peer's; "-" is no cost. The reasons are in
   * docs/pricing-corrections.md.
   */
  private static final Map<String, String> CORRECTIONS = corrections();

  private static Map<String, String> corrections() {
    Map<String, String> ours = new TreeMap<>();
    ours.put("gp-164", "0.0075");
    ours.put("gp-229", "0.0075");
    ours.put("gp-240", "0.00155");
    ours.put("ll-026", "0.0075");
    ours.put("no-007", "-");
    ours.put("no-010", "0.0087");
    ours.put("no-016", "-");
    ours.put("no-031", "-");
    ours.put("no-034", "-");
    ours.put("nr-013", "-");
    ours.put("nr-020", "0.0075");
    return ours;
  }

  @TestFactory
  Stream<DynamicTest> liteLlm() throws Exception {
    PricingRun run =
        PricingRun.of(
            new LiteLlmPricingProvider(), table(Map.of("path", path("litellm.json"))), Map.of());
    return cases("peer-cases.json")
        .filter(peer -> "litellm".equals(text(peer, "peer")))
        .map(peer -> same(peer, run, line(peer), expectedTotal(peer)));
  }

  @TestFactory
  Stream<DynamicTest> genaiPrices() throws Exception {
    PricingRun run = PricingRun.bundled();
    return cases("peer-cases.json")
        .filter(peer -> "genai-prices".equals(text(peer, "peer")))
        .filter(peer -> peer.get("provider_api_url") == null)
        .map(peer -> same(peer, run, line(peer), expectedTotal(peer)));
  }

  @TestFactory
  Stream<DynamicTest> relay() throws Exception {
    ConfigNode source = table(Map.of("type", node("file"), "path", path("relay-catalog.json")));
    ConfigNode.Table config = table(Map.of("sources", new ConfigNode.Array(List.of(source), null)));
    PricingRun run = PricingRun.of(new CatalogPricingProvider(), config, Map.of());
    return cases("relay-cases.json")
        .map(peer -> same(peer, run, relayLine(peer), text(peer, "estimated_total")));
  }

  @TestFactory
  Stream<DynamicTest> nora() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (ConfigNode.Table peer : cases("nora-cases.json").toList()) {
      Map<String, String> variables = new HashMap<>();
      for (String name : List.of("COST_PER_1K_TOKENS", "COST_MODEL_RATES_JSON")) {
        String value = text(peer, name);
        if (value != null && !value.equals("not json")) {
          variables.put(name, value);
        }
      }
      PricingRun run = PricingRun.of(new NoraRatesProvider(), ConfigNode.Table.EMPTY, variables);
      tests.add(same(peer, run, noraLine(peer), text(peer, "expected_cost_usd")));
    }
    return tests.stream();
  }

  @Test
  void correctionsAreOfKnownCases() throws Exception {
    List<String> ids =
        Stream.of("peer-cases.json", "relay-cases.json", "nora-cases.json")
            .flatMap(PeerCasesTest::cases)
            .map(peer -> text(peer, "id"))
            .map(Objects::requireNonNull)
            .toList();
    assertThat(ids).hasSize(99).containsAll(CORRECTIONS.keySet());
  }

  private static DynamicTest same(
      ConfigNode.Table peer, PricingRun run, String line, @Nullable String theirs) {
    String id = Objects.requireNonNull(text(peer, "id"));
    return DynamicTest.dynamicTest(
        id + " " + text(peer, "provider") + " " + text(peer, "model"),
        () -> {
          ConfigNode.Table answer = run.ask(line);
          String peers = theirs == null ? "-" : theirs;
          String expected = CORRECTIONS.getOrDefault(id, peers);
          String cost = text(answer, "cost");
          if (CORRECTIONS.containsKey(id)) {
            assertThat(peers).as("a correction differs").isNotEqualTo(expected);
          }
          assertThat(cost == null ? "-" : cost)
              .as("%s -> %s", line, answer)
              .usingComparator(PeerCasesTest::compare)
              .isEqualTo(expected);
          assertThat(text(answer, "status")).isEqualTo(cost == null ? "unknown" : "estimated");
        });
  }

  private static int compare(String one, String other) {
    return one.equals("-") || other.equals("-")
        ? one.compareTo(other)
        : new BigDecimal(one).compareTo(new BigDecimal(other));
  }

  private static @Nullable String expectedTotal(ConfigNode.Table peer) {
    return text(Nodes.table(peer.get("expected")), "total");
  }

  /** The peer counts caches and audio as parts of the prompt; ours are apart. */
  private static String line(ConfigNode.Table peer) {
    ConfigNode.Table usage = Nodes.table(peer.get("usage"));
    long read = count(usage, "cache_read_tokens");
    long write = count(usage, "cache_write_tokens");
    long hour = count(usage, "cache_write_1h_tokens");
    long audioIn = count(usage, "input_audio_tokens");
    long audioOut = count(usage, "output_audio_tokens");
    Map<String, Long> counts = new TreeMap<>();
    counts.put("input_tokens", count(usage, "input_tokens") - read - write - audioIn);
    counts.put("cache_read_tokens", read);
    counts.put("cache_write_tokens", write - hour);
    counts.put("cache_write_1h_tokens", hour);
    counts.put("input_audio_tokens", audioIn);
    counts.put("output_tokens", count(usage, "output_tokens") - audioOut);
    counts.put("reasoning_tokens", count(usage, "reasoning_tokens"));
    counts.put("output_audio_tokens", audioOut);
    Map<String, String> fields = new TreeMap<>();
    String region = text(peer, "region");
    String model = Objects.requireNonNull(text(peer, "model"));
    put(fields, "provider", text(peer, "provider"));
    put(fields, "model", region == null ? model : region + "/" + model);
    put(fields, "timestamp", text(peer, "timestamp"));
    put(fields, "service_tier", text(peer, "service_tier"));
    Nodes.table(peer.get("context"))
        .entries()
        .forEach(
            (key, entry) ->
                fields.put("context", "{\"" + key + "\":\"" + Nodes.text(entry.value()) + "\"}"));
    return json(fields, counts);
  }

  private static String relayLine(ConfigNode.Table peer) {
    long read = count(peer, "cache_read_tokens");
    long prompt = count(peer, "prompt_tokens");
    String model = Objects.requireNonNull(text(peer, "model"));
    Map<String, Long> counts = new TreeMap<>();
    // The Claude entries of the catalog count the cache apart from the prompt.
    counts.put("input_tokens", model.contains("claude") ? prompt : prompt - read);
    counts.put("cache_read_tokens", read);
    counts.put("cache_write_tokens", count(peer, "cache_write_tokens"));
    counts.put("output_tokens", count(peer, "completion_tokens"));
    Map<String, String> fields = new TreeMap<>();
    put(fields, "provider", text(peer, "provider"));
    put(fields, "model", model);
    return json(fields, counts);
  }

  private static String noraLine(ConfigNode.Table peer) {
    Map<String, String> fields = new TreeMap<>();
    put(fields, "provider", text(peer, "provider"));
    put(fields, "model", text(peer, "model"));
    Map<String, Long> counts = new TreeMap<>();
    for (String name : List.of("input_tokens", "output_tokens", "total_tokens")) {
      counts.put(name, count(peer, name));
    }
    return json(fields, counts);
  }

  private static void put(Map<String, String> fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, "\"" + value + "\"");
    }
  }

  private static String json(Map<String, String> fields, Map<String, Long> counts) {
    StringBuilder json = new StringBuilder("{");
    fields.forEach(
        (name, value) -> json.append('"').append(name).append("\":").append(value).append(','));
    json.append("\"usage\":{");
    String comma = "";
    for (Map.Entry<String, Long> entry : counts.entrySet()) {
      json.append(comma).append('"').append(entry.getKey()).append("\":").append(entry.getValue());
      comma = ",";
    }
    return json.append("}}").toString();
  }

  private static Stream<ConfigNode.Table> cases(String resource) {
    try (InputStream in =
        Objects.requireNonNull(PeerCasesTest.class.getResourceAsStream(resource))) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      ConfigNode.Table root = Nodes.table(JsonTree.parse(json, resource));
      return Nodes.elements(root.get("cases")).stream().map(Nodes::table);
    } catch (java.io.IOException | JsonTree.MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static ConfigNode path(String resource) throws Exception {
    return node(
        Path.of(Objects.requireNonNull(PeerCasesTest.class.getResource(resource)).toURI())
            .toString());
  }

  private static ConfigNode node(String text) {
    return new ConfigNode.Text(text, null);
  }

  private static ConfigNode.Table table(Map<String, ConfigNode> values) {
    Map<String, ConfigNode.Entry> entries = new HashMap<>();
    values.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(null, value)));
    return new ConfigNode.Table(entries, null);
  }

  private static long count(ConfigNode.Table table, String name) {
    Long count = Nodes.count(table.get(name));
    return count == null ? 0 : count;
  }

  private static @Nullable String text(ConfigNode.Table table, String name) {
    return Nodes.text(table.get(name));
  }
}
