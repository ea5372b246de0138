package io.fairlead.runtimes.atof;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.testkit.RecordingDiagnostics;
import io.fairlead.testkit.RecordingSink;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the adapter says about sources that give nothing, or nonsense. */
class AtofFindingsTest {

  @TempDir Path dir;

  private final RecordingSink sink = new RecordingSink();
  private final RecordingDiagnostics diagnostics = new RecordingDiagnostics();

  private RuntimeAdapter start(Map<String, Object> sources) throws Exception {
    AtofAdapterProvider provider = new AtofAdapterProvider();
    RuntimeAdapter adapter =
        provider.create(
            TestContext.of(provider, Tables.of(Map.of("sources", sources)))
                .withDiagnostics(diagnostics));
    adapter.start(sink.state());
    return adapter;
  }

  private RuntimeAdapter files(Path path) throws Exception {
    return start(Map.of("files", Map.of("paths", List.of(path.toString()))));
  }

  @Test
  void pathsWithoutAFileAreTold() throws Exception {
    try (RuntimeAdapter adapter = files(dir.resolve("none.jsonl"))) {
      adapter.poll(sink);
      assertThat(diagnostics.codes()).containsExactly("atof.no_files");
    }
  }

  /** The memory of a process begins with what nobody may read, root included. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFileThatCannotBeReadIsTold() throws Exception {
    try (RuntimeAdapter adapter = files(Path.of("/proc/self/mem"))) {
      adapter.poll(sink);
      assertThat(diagnostics.codes()).contains("atof.unreadable");
    }
  }

  @Test
  void aRecordThatIsNoneIsToldWithoutQuotingIt() throws Exception {
    Map<String, Object> endpoint = Map.of("port", "auto", "token", "s3cret-token");
    try (RuntimeAdapter adapter = start(Map.of("endpoint", endpoint))) {
      CompletableFuture<HttpResponse<String>> answer =
          HttpClient.newHttpClient()
              .sendAsync(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/events"))
                      .header("authorization", "Bearer s3cret-token")
                      .POST(HttpRequest.BodyPublishers.ofString("{\"kind\":\"s3cret\"}\n"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      while (!answer.isDone()) {
        adapter.poll(sink);
      }
      assertThat(answer.get().statusCode()).isEqualTo(400);
    }
    assertThat(diagnostics.findings())
        .filteredOn(finding -> finding.code().equals("atof.bad_record"))
        .singleElement()
        .extracting(Diagnostic::message)
        .asString()
        .doesNotContain("s3cret");
  }

  private int port() {
    return diagnostics.findings().stream()
        .filter(finding -> finding.code().equals("atof.listening"))
        .map(finding -> URI.create(finding.message().substring("listening on ".length())))
        .map(URI::getPort)
        .findFirst()
        .orElseThrow();
  }
}
