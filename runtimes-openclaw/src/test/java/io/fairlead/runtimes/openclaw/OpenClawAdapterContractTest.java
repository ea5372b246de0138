package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.RuntimeAdapterContract;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class OpenClawAdapterContractTest extends RuntimeAdapterContract {

  @TempDir Path dir;

  @Override
  protected RuntimeAdapter adapter() {
    Path home = dir.resolve("home");
    if (!Files.exists(home)) {
      Rig.copy(Rig.resource("store"), home);
      Rig.copy(Rig.resource("files/agents/main"), home.resolve("agents").resolve("old"));
    }
    OpenClawAdapterProvider provider = new OpenClawAdapterProvider();
    ConfigNode.Table config = Tables.table("home", home.toString());
    return provider.create(
        TestContext.of(provider, config)
            .withClock(ManualClock.at("2026-11-21T12:00:00Z"))
            .readingEverything());
  }
}
