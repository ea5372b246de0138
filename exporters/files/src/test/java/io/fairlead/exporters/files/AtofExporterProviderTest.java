package io.fairlead.exporters.files;

import static io.fairlead.testkit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.testkit.ExporterProviderContract;
import io.fairlead.testkit.InMemoryState;
import io.fairlead.testkit.RecordingValidation;
import io.fairlead.testkit.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtofExporterProviderTest extends ExporterProviderContract {

  @TempDir Path directory;

  @Override
  protected Class<? extends ExporterProvider> providerType() {
    return AtofExporterProvider.class;
  }

  @Override
  protected ConfigNode.Table validConfig() {
    return sinks(file("a.jsonl"), file("b.jsonl"));
  }

  @Test
  void createOpensNothing() throws Exception {
    assertThat(create()).hasSize(2);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aFileIsNamedAfterTheStartByDefault() throws Exception {
    ConfigNode.Table config =
        sinks(Map.of("type", "file", "output_directory", directory.resolve("new").toString()));
    List<Subscriber> subscribers = provider().create(TestContext.of(provider(), config));
    try (Subscriber only = subscribers.get(0)) {
      only.start(new InMemoryState());
      assertThat(directory.resolve("new").resolve("fairlead-events-20260301T100000Z.jsonl"))
          .exists();
    }
  }

  @Test
  void aStreamIsASubscriberUnderItsName() throws Exception {
    ConfigNode.Table config =
        sinks(
            Map.of("type", "stream", "url", "http://127.0.0.1:1/"),
            Map.of(
                "type",
                "stream",
                "url",
                "ws://127.0.0.1:1/",
                "transport",
                "websocket",
                "name",
                "live"));
    assertThat(validate(config)).isEmpty();
    assertThat(provider().create(TestContext.of(provider(), config)))
        .extracting(Subscriber::name)
        .containsExactly("sinks[0]", "live");
  }

  @Test
  void aStreamNeedsAnAddress() {
    assertThat(validate(sinks(Map.of("type", "stream"))))
        .extracting(Diagnostic::field)
        .containsExactly("sinks[0].url");
  }

  @Test
  void twoSinksMustNotShareAFile() {
    assertThat(validate(sinks(file("a.jsonl"), file("../" + directory.getFileName() + "/a.jsonl"))))
        .singleElement()
        .extracting(Diagnostic::field)
        .isEqualTo("sinks[1].filename");
  }

  @Test
  void aFileNeedsAName() {
    assertThat(validate(sinks(file(" "))))
        .extracting(Diagnostic::field)
        .containsExactly("sinks[0].filename");
  }

  private List<Diagnostic> validate(ConfigNode.Table config) {
    RecordingValidation context = new RecordingValidation("atof", Map.of());
    provider().validate(ConfigView.of(provider().configSpec(), config), context);
    return context.findings();
  }

  private Map<String, String> file(String name) {
    return Map.of("type", "file", "output_directory", directory.toString(), "filename", name);
  }

  private static ConfigNode.Table sinks(Object... sinks) {
    return table("sinks", List.of(sinks));
  }
}
