package io.fairlead.cli;

import java.io.PrintWriter;

/** Goes over to a changed configuration, and tells how it went. */
final class Reloading {

  private final App app;
  private final ConfigSource source;
  private final ConfigWatch watch;
  private final Kernel.Running running;

  Reloading(App app, ConfigSource source, ConfigWatch watch, Kernel.Running running) {
    this.app = app;
    this.source = source;
    this.watch = watch;
    this.running = running;
  }

  /** Looks once whether something has changed. */
  void look() {
    if (!watch.changed()) {
      return;
    }
    PrintWriter err = app.terminal().err();
    try {
      Kernel.Reload reload = running.reload(source.load());
      Findings.show(reload.report(), app);
      if (!reload.applied()) {
        err.println("the new configuration was not taken; the former one goes on");
      } else if (reload.changes().isEmpty()) {
        err.println("configuration read again: nothing to change");
      } else {
        err.println("configuration read again: " + reload.changes());
      }
    } catch (CommandFailure e) {
      err.println("the new configuration was not taken: " + e.getMessage());
    }
    err.flush();
  }
}
