package io.fairlead.core.observability;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.config.Nodes;
import io.fairlead.core.config.Resolver;
import io.fairlead.core.config.TomlReader;
import io.fairlead.core.validation.DocumentValidator;
import io.fairlead.core.validation.FakeProviders;
import io.fairlead.core.validation.Plan;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What reaches the exporters, whatever generation the document was written for. */
class ExpansionTest {

  private static final String HEAD =
      """
      [[components]]
      kind = "observability"
      [components.config]
      version = %d
      """;

  private static final String FLAT =
      """
      [components.config.opentelemetry]
      enabled = true
      %s
      [components.config.opentelemetry.headers]
      authorization = "Bearer <token>"
      [components.config.opentelemetry.resource_attributes]
      "deployment.environment" = "dev"
      """;

  @Test
  void aFlatSectionBecomesOneFullEndpoint() {
    ConfigView endpoint =
        endpoints(1, FLAT.formatted("endpoint = \"http://c:4318\"\ntimeout_millis = 5"), Map.of())
            .get(0);
    assertThat(endpoint.string("type")).isEqualTo("full");
    assertThat(endpoint.string("endpoint")).isEqualTo("http://c:4318");
    assertThat(endpoint.string("transport")).isEqualTo("http_binary");
    assertThat(endpoint.string("service_name")).isEqualTo("nemo-relay");
    assertThat(endpoint.string("instrumentation_scope")).isEqualTo("nemo-relay-otel");
    assertThat(endpoint.integer("timeout_millis")).isEqualTo(5);
    assertThat(endpoint.stringMap("headers")).containsEntry("authorization", "Bearer <token>");
    assertThat(endpoint.stringMap("resource_attributes"))
        .containsEntry("deployment.environment", "dev");
    assertThat(Nodes.keyPlace(endpoint.table(), "endpoint"))
        .isEqualTo(new SourcePosition(null, 7, 1));
    assertThat(Nodes.get(endpoint.table(), "endpoint").position())
        .isEqualTo(new SourcePosition(null, 7, 12));
  }

  @Test
  void onlyTheFirstGenerationKeepsItsAttributes() {
    String section = FLAT.formatted("endpoint = \"http://c:4318\"");
    assertThat(endpoints(1, section, Map.of()).get(0).stringOrNull("attributes")).isEqualTo("json");
    assertThat(endpoints(2, section, Map.of()).get(0).stringOrNull("attributes")).isNull();
  }

  @Test
  void aFlatSectionWithoutAddressGoesWhereAnSdkWouldGo() {
    assertThat(address("", Map.of())).isEqualTo("http://localhost:4318/v1/traces");
    assertThat(address("transport = \"grpc\"", Map.of())).isEqualTo("http://localhost:4317");
    assertThat(address("", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:1")))
        .isEqualTo("http://c:1/v1/traces");
    assertThat(address("", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:1/")))
        .isEqualTo("http://c:1/v1/traces");
    assertThat(address("transport = \"grpc\"", Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:1")))
        .isEqualTo("http://c:1");
    Map<String, String> both =
        Map.of(
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://t:2/x",
            "OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:1");
    assertThat(address("", both)).isEqualTo("http://t:2/x");
    assertThat(address("endpoint = \"http://d:3/\"", both)).isEqualTo("http://d:3/");
  }

  @Test
  void bothFlatSectionsBecomeEndpointsOfOneExporter() {
    String sections =
        """
        [components.config.opentelemetry]
        enabled = %s
        endpoint = "http://a:1/v1/traces"
        [components.config.openinference]
        enabled = %s
        endpoint = "http://b:2/v1/traces"
        """;
    assertThat(types(sections.formatted(true, true))).containsExactly("full", "openinference");
    assertThat(types(sections.formatted(false, true))).containsExactly("openinference");
    assertThat(types(sections.formatted(true, false))).containsExactly("full");
    assertThat(plan(2, sections.formatted(false, false), Map.of()).components()).isEmpty();
  }

  @Test
  void aFlatFileBecomesASinkAndStreamsFollow() {
    String section =
        """
        [components.config.atof]
        enabled = true
        filename = "a.jsonl"
        [[components.config.atof.endpoints]]
        url = "http://localhost:8080/events"
        """;
    PlannedComponent atof = only(plan(1, section, Map.of()));
    List<ConfigView> sinks = atof.config().tables("sinks");
    assertThat(sinks).extracting(s -> s.string("type")).containsExactly("file", "stream");
    assertThat(sinks.get(0).string("filename")).isEqualTo("a.jsonl");
    assertThat(sinks.get(1).string("url")).isEqualTo("http://localhost:8080/events");
  }

  @Test
  void definitionsOfToolsMayHoldAnything() {
    String section =
        """
        [components.config.atif]
        tool_definitions = [{ name = "search", parameters = { type = "object" } }]
        """;
    assertThat(plan(4, section, Map.of()).report().diagnostics()).isEmpty();
  }

  @Test
  void whatAGenerationDoesNotKnowHasNoEffect() {
    ConfigView flat =
        endpoints(1, FLAT.formatted("instrumentation_scope = \"s\"\nheader_env = {}"), Map.of())
            .get(0);
    assertThat(flat.string("instrumentation_scope")).isEqualTo("s");
    assertThat(flat.table().get("header_env")).isNull();
    String section =
        """
        [components.config.opentelemetry]
        enabled = true
        [[components.config.opentelemetry.endpoints]]
        type = "full"
        endpoint = "http://a:1"
        header_file = { authorization = "/x" }
        """;
    assertThat(endpoints(3, section, Map.of()).get(0).table().get("header_file")).isNull();
    assertThat(endpoints(4, section, Map.of()).get(0).table().get("header_file")).isNotNull();
  }

  @Test
  void theOtherNameOfEndpointsIsRead() {
    String section =
        """
        [components.config.opentelemetry]
        enabled = true
        [[components.config.opentelemetry.traces]]
        type = "gen_ai"
        endpoint = "http://a:1"
        """;
    assertThat(endpoints(4, section, Map.of())).hasSize(1);
  }

  @Test
  void anEndpointThatIsSkippedDoesNotReachTheExporter() {
    String section =
        """
        [components.config.opentelemetry]
        enabled = true
        [[components.config.opentelemetry.endpoints]]
        type = "full"
        endpoint = "http://a:1"
        max_queue_size = 0
        [[components.config.opentelemetry.endpoints]]
        type = "full"
        endpoint = "http://b:2"
        """;
    assertThat(endpoints(4, section, Map.of()))
        .extracting(e -> e.string("endpoint"))
        .containsExactly("http://b:2");
  }

  @Test
  void sectionsAreOptIn() {
    String section = "[components.config.opentelemetry]\n[components.config.prometheus]\n";
    assertThat(plan(4, section, Map.of()).components()).isEmpty();
  }

  @Test
  void variablesStayAsWrittenInThePlan() {
    String section =
        "[components.config.prometheus]\nenabled = true\nhost = \"${env:HOST_OF_TEST}\"\n";
    PlannedComponent prometheus = only(plan(4, section, Map.of("HOST_OF_TEST", "::1")));
    assertThat(prometheus.config().string("host")).isEqualTo("${env:HOST_OF_TEST}");
  }

  private static String address(String keys, Map<String, String> environment) {
    return endpoints(1, FLAT.formatted(keys), environment).get(0).string("endpoint");
  }

  private static List<String> types(String sections) {
    return endpoints(2, sections, Map.of()).stream().map(e -> e.string("type")).toList();
  }

  private static List<ConfigView> endpoints(
      int version, String sections, Map<String, String> environment) {
    ConfigView config = only(plan(version, sections, environment)).config();
    Resolver.Resolution resolution =
        new Resolver(environment::get, List.of()).resolve("opentelemetry", config.table());
    assertThat(resolution.diagnostics()).isEmpty();
    return ConfigView.of(config.spec(), resolution.table()).tables("endpoints");
  }

  private static PlannedComponent only(Plan plan) {
    assertThat(plan.components()).hasSize(1);
    assertThat(plan.components().get(0).enabled()).isTrue();
    return plan.components().get(0);
  }

  private static Plan plan(int version, String sections, Map<String, String> environment) {
    Plan plan =
        new DocumentValidator(FakeProviders.catalog(), environment::get)
            .validate(TomlReader.parse(HEAD.formatted(version) + sections, null).table());
    assertThat(plan.report().hasErrors()).as("%s", plan.report()).isFalse();
    return plan;
  }
}
