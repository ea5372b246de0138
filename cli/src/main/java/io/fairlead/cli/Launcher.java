package io.fairlead.cli;

import io.fairlead.core.validation.ValidationReport;
import io.fairlead.spi.config.ConfigNode;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

  /** What a document says, when it has no errors. Those are shown at their places. */
  ConfigNode.Table checked(Kernel.Document document, LaunchSettings settings)
      throws CommandFailure {
    ValidationReport report = document.validate(settings);
    if (report.hasErrors()) {
      Findings.show(report, app);
      throw new CommandFailure("nothing was started");
    }
    return document.table();
  }

  /** Fails when a document asks for nothing of a sort. */
  static void require(Kernel.Document document, Predicate<String> kinds, String what)
      throws CommandFailure {
    if (Documents.kinds(document.table()).stream().noneMatch(kinds)) {
      List<Path> files = document.files();
      throw new CommandFailure(
          files.stream().map(Path::toString).collect(Collectors.joining(" and "))
              + (files.size() > 1 ? " have" : " has")
              + " no component that "
              + what);
    }
  }
}
