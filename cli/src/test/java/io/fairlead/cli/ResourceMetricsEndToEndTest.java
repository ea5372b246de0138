package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.core.layers.ConfigFiles;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What this program uses of the machine, as a scrape shows it. */
class ResourceMetricsEndToEndTest {

  private static final Pattern ADDRESS = Pattern.compile("http://\\S+/metrics");
  private static final Pattern RESIDENT =
      Pattern.compile(
          "(?m)^nemo_relay_resource_memory_resident\\{[^}]*application_process[^}]*} (\\S+)$");
  private static final double LEAST_KIBIBYTES = 10_000;

  @TempDir private Path home;

  @Test
  @Timeout(60)
  void aScrapeShowsTheMemoryOfThisProcess() throws Exception {
    Path config =
        Files.writeString(
            home.resolve("plugins.toml"),
            """
            version = 1
            [[components]]
            kind = "resource_metrics"
            [components.config]
            measurement_scope = "application_process"
            polling = { enabled = true, interval_millis = 50 }
            [[components]]
            kind = "observability"
            [components.config]
            version = 4
            prometheus = { port = "auto" }
            """);
    Queue<Diagnostic> findings = new ConcurrentLinkedQueue<>();
    Kernel.Running running =
        new CoreKernel(new RealCommands(home).host())
            .load(new ConfigFiles(config, null, null))
            .start(LaunchSettings.durable(home.resolve("state"), null, findings::add));
    try {
      URI metrics =
          findings.stream()
              .map(finding -> ADDRESS.matcher(finding.message()))
              .filter(Matcher::find)
              .map(address -> URI.create(address.group()))
              .findFirst()
              .orElseThrow();
      String text = "";
      Matcher resident = RESIDENT.matcher(text);
      while (!resident.find()) {
        text = get(metrics);
        resident = RESIDENT.matcher(text);
      }
      assertThat(Double.parseDouble(resident.group(1))).isGreaterThan(LEAST_KIBIBYTES);
      assertThat(text)
          .contains("nemo_relay_resource_cpu_total_time{")
          .doesNotContain("accelerator");
      assertThat(findings).noneMatch(finding -> finding.code().startsWith("otel."));
    } finally {
      running.close(Duration.ofSeconds(30));
    }
  }

  private static String get(URI address) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
