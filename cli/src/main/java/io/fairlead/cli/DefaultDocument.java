package io.fairlead.cli;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The document used when there is none: the runtimes that are here, scraped on loopback. */
final class DefaultDocument {

  /** Where Prometheus expects OpenTelemetry's exporters. */
  static final int SCRAPE_PORT = 9464;

  private final Host host;

  DefaultDocument(Host host) {
    this.host = host;
  }

  /**
   * Runtimes and a scrape endpoint. Says on {@code err} what was found.
   *
   * @throws CommandFailure when there is nothing to watch; it says what was looked for
   */
  ConfigNode.Table runtimesAndScrapeEndpoint() throws CommandFailure {
    List<ConfigNode.Table> components = new ArrayList<>(runtimeComponents());
    components.add(Documents.scrapeEndpoint(new ConfigNode.Integer(SCRAPE_PORT, null)));
    return Documents.of(components);
  }

  /** Runtimes alone. */
  ConfigNode.Table runtimes() throws CommandFailure {
    return Documents.of(runtimeComponents());
  }

  private List<ConfigNode.Table> runtimeComponents() throws CommandFailure {
    RuntimeFinder finder = new RuntimeFinder(host);
    List<ConfigNode.Table> components = new ArrayList<>();
    for (RuntimeFinder.Found found : finder.find()) {
      if (found.supported()) {
        tell("watching " + found.displayName() + " in " + found.home() + " (read-only)");
        components.add(
            Documents.component(
                found.kind(),
                Documents.table(Map.of("home", Documents.text(found.home().toString())))));
      } else {
        tell(
            found.displayName()
                + " in "
                + found.home()
                + " is left alone: this version has no adapter for it yet");
      }
    }
    if (components.isEmpty()) {
      throw new CommandFailure(
          "nothing to watch: there is no "
              + host.configFiles().user()
              + ", and no runtime this version can read was found (looked for "
              + String.join(", ", finder.places())
              + ").\nSet HERMES_HOME or OPENCLAW_STATE_DIR, or write a plugins.toml (plugins.toml.example shows every"
              + " key), or try `fairlead demo`.");
    }
    return components;
  }

  private void tell(String line) {
    host.terminal().err().println(line);
  }
}
