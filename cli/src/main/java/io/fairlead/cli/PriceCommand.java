package io.fairlead.cli;

import io.fairlead.core.pricing.PriceLines;
import io.fairlead.spi.config.ConfigNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

final class PriceCommand extends Subcommand {

  private static final Duration CLOSE = Duration.ofSeconds(1);

  PriceCommand(App app) {
    super(
        app,
        "price",
        "Say what model calls cost.",
        "Reads JSON lines {\"provider\",\"model\",\"usage\"} from standard input, with the token counts of"
            + " `report --format json`, and writes each back with cost, currency, status, the price"
            + " entry used, its tier, or the reason why there is no cost.",
        "Uses the prices of the configuration, else the bundled table.");
    addConfig();
  }

  @Override
  public Integer call() throws CommandFailure {
    Path plugins = pluginsDir();
    LaunchSettings settings = LaunchSettings.once(plugins, finding -> {});
    Launcher launcher = new Launcher(app);
    Kernel.Running running = launcher.start(document(launcher, settings), settings);
    try {
      long faulty =
          new PriceLines(running.pricings(), app.host().clock())
              .run(app.terminal().in(), app.terminal().out());
      return faulty == 0 ? ExitCodes.OK : ExitCodes.FAILED;
    } catch (IOException e) {
      throw new CommandFailure("standard input cannot be read", e);
    } finally {
      running.close(CLOSE);
    }
  }

  private Kernel.Document document(Launcher launcher, LaunchSettings settings)
      throws CommandFailure {
    Kernel.Document found = new ConfigLocator(app).find(config());
    if (found == null) {
      return app.kernel().of(Documents.of(List.of()));
    }
    Kinds kinds = Kinds.of(app.kernel(), settings.pluginsDir());
    ConfigNode.Table whole = launcher.checked(found, settings);
    return app.kernel().of(Documents.keeping(whole, kinds::prices));
  }
}
