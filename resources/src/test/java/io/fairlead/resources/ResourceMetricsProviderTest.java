package io.fairlead.resources;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapterProvider;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.testkit.RecordingValidation;
import io.fairlead.testkit.RuntimeAdapterProviderContract;
import io.fairlead.testkit.Tables;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourceMetricsProviderTest extends RuntimeAdapterProviderContract {

  @Override
  protected Class<? extends RuntimeAdapterProvider> providerType() {
    return ResourceMetricsProvider.class;
  }

  @Test
  void pathsAreAbsoluteAndNamesAreNotEmpty() {
    assertThat(faults("disk", Map.of("filesystem_paths", List.of("/", "here", ""))))
        .containsExactly(
            "disk.filesystem_paths[1] must be an absolute path",
            "disk.filesystem_paths[2] must be an absolute path");
    assertThat(faults("network", Map.of("interfaces", List.of("lo", " ")))).hasSize(1);
    assertThat(faults("gpu", Map.of("devices", List.of("")))).hasSize(1);
    assertThat(faults("gpu", Map.of("devices", List.of("a", "a")))).isEmpty();
  }

  @Test
  void oneTargetAtMost() {
    assertThat(faults("pid", 7)).isEmpty();
    assertThat(faults("cgroup", "own")).isEmpty();
    assertThat(faults("pid", 7, "process_name", "hermes")).hasSize(1);
    assertThat(faults("pid", 7, "measurement_scope", "global")).hasSize(1);
    assertThat(faults("pid_file", "run/agent.pid")).hasSize(1);
    assertThat(faults("process_name", " ")).hasSize(1);
    assertThat(faults("cgroup", "agents")).hasSize(1);
  }

  private List<String> faults(Object... keysAndValues) {
    RecordingValidation context = new RecordingValidation("resource_metrics", Map.of());
    provider()
        .validate(ConfigView.of(provider().configSpec(), Tables.table(keysAndValues)), context);
    assertThat(context.codes()).allMatch(code -> code.equals("resource_metrics.invalid_config"));
    return context.findings().stream().map(finding -> finding.message()).toList();
  }
}
