package io.fairlead.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a run has its configuration from, to be asked again. */
final class ConfigSource {

  private final App app;
  private final @Nullable Path option;

  /**
   * A source.
   *
   * @param option the file asked for, or null
   */
  ConfigSource(App app, @Nullable Path option) {
    this.app = app;
    this.option = option;
  }

  /** The document as it is now. */
  Kernel.Document load() throws CommandFailure {
    Kernel.Document found = new ConfigLocator(app).find(option);
    return found != null
        ? found
        : app.kernel().of(new DefaultDocument(app.host()).runtimesAndScrapeEndpoint());
  }

  /** Every file the document is made of, and those that would be used if they were there. */
  List<Path> files() {
    return app.host().configFiles().withExplicit(option).candidates();
  }
}
