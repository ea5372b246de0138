package io.fairlead.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The program without a command: shows what there is. */
@Command(
    name = "fairlead",
    description = "Watches LLM agents and tells your observability stack what they do and cost.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:fine, warnings included",
      "1:errors were found, or work failed",
      "2:wrong usage"
    },
    subcommands = HelpCommand.class)
final class RootCommand {}
