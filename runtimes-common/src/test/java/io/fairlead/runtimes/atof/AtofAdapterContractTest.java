package io.fairlead.runtimes.atof;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.testkit.RuntimeAdapterContract;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;

class AtofAdapterContractTest extends RuntimeAdapterContract {

  @TempDir Path dir;

  @Override
  protected RuntimeAdapter adapter() throws Exception {
    Path file = dir.resolve("events.jsonl");
    if (!Files.exists(file)) {
      try (InputStream in =
          Objects.requireNonNull(getClass().getResourceAsStream("/relay-events.jsonl"))) {
        Files.copy(in, file);
      }
    }
    AtofAdapterProvider provider = new AtofAdapterProvider();
    Map<String, Object> config =
        Map.of("sources", Map.of("files", Map.of("paths", List.of(dir.toString()))));
    return provider.create(TestContext.of(provider, Tables.of(config)).readingEverything());
  }
}
