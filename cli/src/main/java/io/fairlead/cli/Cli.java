package io.fairlead.cli;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Reads the command line and runs a command. */
final class Cli {

  /** The commands in the order of the help. Only the one asked for is made. */
  private static final Map<String, Function<App, Subcommand>> COMMANDS = commands();

  private static final String DEBUG = "FAIRLEAD_DEBUG";

  private final App app;

  Cli(App app) {
    this.app = app;
  }

  private static Map<String, Function<App, Subcommand>> commands() {
    Map<String, Function<App, Subcommand>> commands = new LinkedHashMap<>();
    commands.put("demo", DemoCommand::new);
    commands.put("run", RunCommand::new);
    commands.put("report", ReportCommand::new);
    commands.put("validate", ValidateCommand::new);
    commands.put("explain", ExplainCommand::new);
    commands.put("config", ConfigCommand::new);
    commands.put("replay", ReplayCommand::new);
    commands.put("price", PriceCommand::new);
    commands.put("components", ComponentsCommand::new);
    commands.put("schema", SchemaCommand::new);
    return commands;
  }

  /** Runs a command line and gives the exit code. */
  int run(String... arguments) {
    Terminal terminal = app.terminal();
    CommandLine commandLine = commandLine(arguments);
    commandLine.setOut(terminal.out());
    commandLine.setErr(terminal.err());
    commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    commandLine.setUsageHelpAutoWidth(false);
    commandLine.setParameterExceptionHandler(this::wrongUsage);
    commandLine.setExecutionExceptionHandler((failure, line, result) -> failed(failure));
    try {
      int code = arguments.length == 0 ? noCommand(commandLine) : commandLine.execute(arguments);
      return code == ExitCodes.OK && terminal.out().checkError() ? outputLost() : code;
    } catch (OutOfMemoryError e) {
      terminal.err().println(OutOfMemory.MESSAGE);
      return ExitCodes.FAILED;
    } catch (LinkageError | StackOverflowError e) {
      return failed(e);
    } finally {
      terminal.out().flush();
      terminal.err().flush();
    }
  }

  private CommandLine commandLine(String... arguments) {
    CommandSpec root = root();
    Function<App, Subcommand> asked = arguments.length == 0 ? null : COMMANDS.get(arguments[0]);
    if (asked != null) {
      root.addSubcommand(arguments[0], asked.apply(app).spec());
    } else {
      COMMANDS.forEach((name, maker) -> root.addSubcommand(name, maker.apply(app).spec()));
    }
    return new CommandLine(root);
  }

  private static CommandSpec root() {
    CommandSpec root = Options.withStandard(CommandSpec.create().name("fairlead"));
    Map<String, String> exitCodes = new LinkedHashMap<>();
    exitCodes.put(" 0", "fine, warnings included");
    exitCodes.put(" 1", "errors were found, or work failed");
    exitCodes.put(" 2", "wrong usage");
    root.usageMessage()
        .description("Watches LLM agents and tells your observability stack what they do and cost.")
        .synopsisSubcommandLabel("COMMAND")
        .commandListHeading("%nCommands:%n")
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(exitCodes);
    return root;
  }

  private int noCommand(CommandLine commandLine) {
    commandLine.usage(app.terminal().err());
    return ExitCodes.USAGE;
  }

  private int wrongUsage(ParameterException failure, String[] arguments) {
    PrintWriter err = app.terminal().err();
    CommandLine command = failure.getCommandLine();
    err.println("fairlead: " + failure.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(failure, err);
    err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
    return ExitCodes.USAGE;
  }

  private int failed(Throwable failure) {
    PrintWriter err = app.terminal().err();
    boolean expected = failure instanceof CommandFailure;
    err.println("fairlead: " + (expected ? failure.getMessage() : unexpected(failure)));
    if (app.host().variable(DEBUG) != null) {
      failure.printStackTrace(err);
    } else if (!expected) {
      err.println("Set " + DEBUG + "=1 to see where.");
    }
    return ExitCodes.FAILED;
  }

  private int outputLost() {
    app.terminal().err().println("fairlead: standard output cannot be written");
    return ExitCodes.FAILED;
  }

  private static String unexpected(Throwable failure) {
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return "this should not have happened: " + (message == null ? name : name + ": " + message);
  }
}
