package io.fairlead.cli;

import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.config.ConfigNode;
import java.nio.file.Path;
import java.util.function.Predicate;

/** Starts components for a command and tells a person what is wrong with the configuration. */
final class Launcher {

  private final App app;

  Launcher(App app) {
    this.app = app;
  }

  /**
   * Starts a document.
   *
   * @throws CommandFailure when it does not start; the reasons were shown
   */
  Kernel.Running start(Kernel.Document document, LaunchSettings settings) throws CommandFailure {
    try {
      Kernel.Running running = document.start(settings);
      Findings.show(running.report(), app);
      return running;
    } catch (Kernel.StartFailure e) {
      Findings.show(e.report(), app);
      throw new CommandFailure("nothing was started", e);
    }
  }

  /** What is in a file, when it has no errors. Those are shown at their places. */
  ConfigNode.Table checked(Path file, LaunchSettings settings) throws CommandFailure {
    Kernel.Document document = app.kernel().load(file);
    ValidationReport report = document.validate(settings);
    if (report.hasErrors()) {
      Findings.show(report, app);
      throw new CommandFailure("nothing was started");
    }
    return document.table();
  }

  /** Fails when a document asks for nothing of a sort. */
  static void require(ConfigNode.Table document, Predicate<String> kinds, Path file, String what)
      throws CommandFailure {
    if (Documents.kinds(document).stream().noneMatch(kinds)) {
      throw new CommandFailure(file + " has no component that " + what);
    }
  }
}
