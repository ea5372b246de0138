package io.fairlead.resources;

import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Level;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A checked configuration.
 *
 * @param polling whether anything is measured
 * @param gpuAsked whether the document itself asks for graphics processors
 * @param interfaces names of the only interfaces wanted; empty for all
 */
record ResourceSettings(
    Target target,
    Scope scope,
    boolean polling,
    Duration interval,
    boolean cpu,
    boolean memory,
    boolean process,
    boolean processIo,
    List<Path> filesystems,
    boolean network,
    List<String> interfaces,
    boolean gpuAsked,
    Units units) {

  private static final String INVALID = "resource_metrics.invalid_config";
  private static final List<String> TARGETS = List.of("pid", "pid_file", "process_name", "cgroup");

  static ResourceSettings of(ConfigView config) {
    ConfigView polling = config.table("polling");
    ConfigView disk = config.table("disk");
    ConfigView gpu = config.table("gpu");
    ConfigView network = config.table("network");
    boolean disks = disk.bool("enabled");
    return new ResourceSettings(
        target(config),
        Scope.of(config.string("measurement_scope")),
        polling.bool("enabled"),
        Duration.ofMillis(polling.integer("interval_millis")),
        config.table("cpu").bool("enabled"),
        config.table("memory").bool("enabled"),
        config.table("process").bool("enabled"),
        disks && disk.bool("process_io"),
        disks ? disk.strings("filesystem_paths").stream().map(Path::of).toList() : List.of(),
        network.bool("enabled"),
        network.strings("interfaces"),
        config.tableOrNull("gpu") != null && gpu.bool("enabled"),
        new Units(config.table("units")));
  }

  private static Target target(ConfigView config) {
    Long pid = config.integerOrNull("pid");
    String file = config.stringOrNull("pid_file");
    String name = config.stringOrNull("process_name");
    String group = config.stringOrNull("cgroup");
    if (pid != null) {
      return new Target.Pid(pid.intValue());
    }
    if (file != null) {
      return new Target.PidFile(Path.of(file));
    }
    if (name != null) {
      return new Target.Named(new NamePattern(name));
    }
    return group == null ? new Target.Own() : new Target.Group(ControlGroup.of(group));
  }

  /** Checks what the spec cannot say. As in NeMo Relay the findings name no field. */
  static void validate(ConfigView config, ValidationContext context) {
    ConfigView disk = config.table("disk");
    List<String> paths = disk.strings("filesystem_paths");
    for (int i = 0; i < paths.size(); i++) {
      if (!isAbsolute(paths.get(i))) {
        fault(
            context,
            disk.node("filesystem_paths"),
            "disk.filesystem_paths[" + i + "] must be an absolute path");
      }
    }
    noBlanks(config.table("gpu"), "gpu", "devices", context);
    noBlanks(config.table("network"), "network", "interfaces", context);
    targets(config, context);
  }

  private static void targets(ConfigView config, ValidationContext context) {
    List<String> given = TARGETS.stream().filter(config::has).toList();
    if (given.size() > 1) {
      fault(
          context,
          config.node(given.get(1)),
          given.get(0) + " and " + given.get(1) + " exclude each other");
    }
    if (!given.isEmpty() && "global".equals(config.stringOrNull("measurement_scope"))) {
      fault(
          context,
          config.node(given.get(0)),
          given.get(0) + " has no meaning in the measurement_scope 'global'");
    }
    for (String name : TARGETS) {
      String value = name.equals("pid") ? null : config.stringOrNull(name);
      if (value != null && value.isBlank()) {
        fault(context, config.node(name), name + " must not be empty");
      }
    }
    String file = config.stringOrNull("pid_file");
    String group = config.stringOrNull("cgroup");
    if (file != null && !file.isBlank() && !isAbsolute(file)) {
      fault(context, config.node("pid_file"), "pid_file must be an absolute path");
    }
    if (group != null && !group.isBlank() && !group.equals("own") && !isAbsolute(group)) {
      fault(context, config.node("cgroup"), "cgroup must be 'own' or an absolute path");
    }
  }

  private static void noBlanks(
      ConfigView table, String section, String name, ValidationContext context) {
    if (table.strings(name).stream().anyMatch(String::isBlank)) {
      fault(context, table.node(name), section + "." + name + " must not hold an empty name");
    }
  }

  private static void fault(ValidationContext context, @Nullable ConfigNode at, String message) {
    context.report(Level.ERROR, INVALID, null, at, message, null);
  }

  private static boolean isAbsolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
