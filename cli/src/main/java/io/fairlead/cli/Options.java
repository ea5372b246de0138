package io.fairlead.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that every command has. */
final class Options {

  private Options() {}

  /** Adds {@code --help} and {@code --version}. */
  static CommandSpec withStandard(CommandSpec spec) {
    return spec.version("fairlead " + version())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help and end.")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Show the version and end.")
                .build());
  }

  /** A switch. */
  static OptionSpec flag(String name, String... description) {
    return OptionSpec.builder(name).type(boolean.class).description(description).build();
  }

  /** The version of the program. */
  static String version() {
    String version = Options.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
