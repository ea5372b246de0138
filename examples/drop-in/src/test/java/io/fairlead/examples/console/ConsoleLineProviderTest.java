package io.fairlead.examples.console;

import static io.fairlead.testkit.Tables.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.spi.ExporterProvider;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.testkit.ExporterProviderContract;
import io.fairlead.testkit.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleLineProviderTest extends ExporterProviderContract {

  @TempDir Path directory;

  @Override
  protected Class<? extends ExporterProvider> providerType() {
    return ConsoleLineProvider.class;
  }

  @Override
  protected ConfigNode.Table validConfig() {
    return table("path", directory.resolve("lines.txt").toString());
  }

  @Test
  void oneLinePerFinishedScope() throws Exception {
    try (Subscriber subscriber = create().get(0)) {
      assertThat(subscriber.deliver(Fixtures.turn()).delivered()).isEqualTo(3);
    }
    assertThat(Files.readAllLines(directory.resolve("lines.txt")))
        .containsExactly(
            "llm openai 2.000s gpt-4o-mini",
            "tool search 1.000s failed: exit_code",
            "agent travel-agent 6.000s");
  }
}
