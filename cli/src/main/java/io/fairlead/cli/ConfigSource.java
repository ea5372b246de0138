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
    Path file = locator().find(option);
    return file != null
        ? app.kernel().load(file)
        : app.kernel().of(new DefaultDocument(app.host()).runtimesAndScrapeEndpoint());
  }

  /** The files the document is made of, and the one that would be used if it were there. */
  List<Path> files() {
    Path file = locator().find(option);
    return List.of(file == null ? locator().userFile() : file);
  }

  private ConfigLocator locator() {
    return new ConfigLocator(app.host());
  }
}
