package io.fairlead.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A command. Its options are declared by calls, not by annotations: reading annotations would cost
 * a short command a quarter of its time.
 */
abstract class Subcommand implements Callable<Integer> {

  private static final String CONFIG = "--config";
  private static final String PLUGINS_DIR = "--plugins-dir";
  private static final String FORMAT = "--format";

  final App app;
  private final CommandSpec spec;

  Subcommand(App app, String name, String... description) {
    this.app = app;
    this.spec = Options.withStandard(CommandSpec.wrapWithoutInspection(this).name(name));
    spec.usageMessage().description(description);
  }

  /** The command for picocli. */
  final CommandSpec spec() {
    return spec;
  }

  final void add(ArgSpec argument) {
    spec.add(argument);
  }

  final void addConfig() {
    add(
        OptionSpec.builder(CONFIG)
            .type(Path.class)
            .paramLabel("FILE")
            .description(
                "Configuration file. Default: $FAIRLEAD_CONFIG, else",
                "$XDG_CONFIG_HOME/fairlead/plugins.toml (~/.config). What the system's",
                app.host().systemConfig() + " says counts more.")
            .build());
    addPluginsDir();
  }

  final void addPluginsDir() {
    add(
        OptionSpec.builder(PLUGINS_DIR)
            .type(Path.class)
            .paramLabel("DIR")
            .description(
                "Directory of plugins: each JAR in it, and each sub-directory of JARs, is one.",
                "Default: plugins/ of the distribution.")
            .build());
  }

  final void addFormat(String further) {
    add(
        OptionSpec.builder(FORMAT)
            .type(Format.class)
            .paramLabel("FORMAT")
            .description("text or json. Default: text." + further)
            .build());
  }

  /** The form of a report of findings, which programs want in forms of their own. */
  final void addReportFormat() {
    add(
        OptionSpec.builder(FORMAT)
            .type(ReportFormat.class)
            .paramLabel("FORMAT")
            .description("text, json or sarif. Default: text.")
            .build());
  }

  final ReportFormat reportFormat() {
    ReportFormat format = value(FORMAT);
    return format == null ? ReportFormat.text : format;
  }

  /** The configuration file asked for, or null. */
  final @Nullable Path config() {
    return value(CONFIG);
  }

  /** The directory of drop-in plugins, or null when there is none. */
  final @Nullable Path pluginsDir() {
    return app.host().pluginsDir(value(PLUGINS_DIR));
  }

  final Format format() {
    Format format = value(FORMAT);
    return format == null ? Format.text : format;
  }

  /** The value of an option, or null when it was not given. */
  final <T> @Nullable T value(String option) {
    return spec.commandLine().getParseResult().<@Nullable T>matchedOptionValue(option, null);
  }

  /** Whether a switch was given. */
  final boolean isSet(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }
}
