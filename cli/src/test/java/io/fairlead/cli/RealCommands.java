package io.fairlead.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/** The command line over the real kernel, in a home directory of its own. */
@NullUnmarked // the working directory of a test has a parent
final class RealCommands {

  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private final Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Map<String, String> variables = new HashMap<>();
  private String in = "";

  RealCommands(Path home) {
    this.home = home;
  }

  /** What the next command reads. */
  void input(String text) {
    in = text;
  }

  /** Sets an environment variable. */
  void variable(String name, String value) {
    variables.put(name, value);
  }

  /** What the last command printed. */
  String out() {
    return out.toString();
  }

  /** What the last command said. */
  String err() {
    return err.toString();
  }

  Host host() {
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintWriter(out),
            new PrintWriter(err),
            false,
            false,
            Terminal.UNBOUNDED);
    return new Host(
        variables::get,
        home,
        home.resolve("etc/plugins.toml"),
        ROOT.resolve("cli/src/main/dist"),
        Clock.systemUTC(),
        terminal);
  }

  /** How the next commands are asked to end. */
  final TestApp.FakeStop stop = new TestApp.FakeStop();

  int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Host host = host();
    return new Cli(new App(host, new CoreKernel(host), new AtofFiles(), stop)).run(arguments);
  }

  /** Makes a home of Hermes from the recordings of the demo. */
  static void copyRecordings(Path target) throws IOException {
    Path recordings = ROOT.resolve("cli/src/main/dist/demo/hermes");
    Files.createDirectories(target.resolve("logs"));
    Files.copy(recordings.resolve("state.db"), target.resolve("state.db"));
    Files.copy(recordings.resolve("logs/agent.log"), target.resolve("logs/agent.log"));
  }
}
