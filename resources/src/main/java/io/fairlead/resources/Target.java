package io.fairlead.resources;

import java.nio.file.Path;

/** Whose resources are measured. */
sealed interface Target {

  /** How a person would call it. */
  String description();

  /** This program. */
  record Own() implements Target {
    @Override
    public String description() {
      return "this process";
    }
  }

  /** A process by its number. */
  record Pid(int pid) implements Target {
    @Override
    public String description() {
      return "the process " + pid;
    }
  }

  /** The process whose number a file holds. */
  record PidFile(Path file) implements Target {
    @Override
    public String description() {
      return "the process of " + file;
    }
  }

  /** Processes by name. */
  record Named(NamePattern name) implements Target {
    @Override
    public String description() {
      return "a process named " + name.text();
    }
  }

  /** A control group. */
  record Group(ControlGroup group) implements Target {
    @Override
    public String description() {
      return "the control group " + group.directory();
    }
  }
}
