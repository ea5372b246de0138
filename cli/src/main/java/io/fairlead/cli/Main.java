package io.fairlead.cli;

import io.fairlead.core.layers.ConfigFiles;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** The program. */
public final class Main {

  /** Root of the unpacked distribution; set by its start script. */
  private static final String INSTALLATION = "fairlead.installation";

  /** Which of {@code out} and {@code err} are terminals; only the start script can tell. */
  private static final String TERMINALS = "fairlead.terminals";

  /** Columns of the terminal. */
  private static final String COLUMNS = "fairlead.columns";

  private Main() {}

  /** Runs a command line and ends the process. */
  public static void main(String[] arguments) {
    Thread.setDefaultUncaughtExceptionHandler(
        new OutOfMemory(System.err, () -> Runtime.getRuntime().halt(ExitCodes.FAILED)));
    Terminal terminal = terminal();
    String installation = System.getProperty(INSTALLATION);
    Host host =
        new Host(
            System::getenv,
            home(),
            ConfigFiles.system(System::getenv),
            installation == null ? null : Path.of(installation),
            Clock.systemUTC(),
            terminal);
    StopSignal stop = new ShutdownHook(terminal.out(), terminal.err());
    CoreKernel kernel = new CoreKernel(host, () -> SqliteLibrary.use(host.cacheDir()));
    App app = new App(host, kernel, new AtofFiles(), stop);
    System.exit(new Cli(app).run(arguments));
  }

  /**
   * The user's home as the shell has it; a virtual machine started with another HOME ignores it.
   */
  private static Path home() {
    String shells = System.getenv("HOME");
    return Path.of(shells == null || shells.isBlank() ? System.getProperty("user.home") : shells);
  }

  private static Terminal terminal() {
    String terminals = System.getProperty(TERMINALS, "");
    boolean out = terminals.contains("out");
    return new Terminal(
        new FileInputStream(FileDescriptor.in),
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        out,
        terminals.contains("err"),
        out ? columns(System.getProperty(COLUMNS)) : Terminal.UNBOUNDED);
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), StandardCharsets.UTF_8));
  }

  private static int columns(@Nullable String text) {
    try {
      int columns = text == null ? 0 : Integer.parseInt(text.trim());
      return columns > 0 ? columns : Terminal.UNBOUNDED;
    } catch (NumberFormatException e) {
      return Terminal.UNBOUNDED;
    }
  }
}
