package io.fairlead.cli;

import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The command line over a fake kernel, in a directory of its own. */
final class TestApp {

  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  final FakeKernel kernel = new FakeKernel();
  final Map<String, String> variables = new HashMap<>();
  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  final FakeStop stop = new FakeStop();
  List<Event> fileEvents = List.of();
  long badLine;
  boolean isTerminal;
  @Nullable Path installation;

  private final Path home;

  TestApp(Path home) {
    this.home = home;
  }

  int run(String... arguments) {
    Terminal terminal =
        new Terminal(
            java.io.InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(err),
            isTerminal,
            isTerminal,
            Terminal.UNBOUNDED);
    Host host =
        new Host(
            variables::get,
            home,
            home.resolve("etc/plugins.toml"),
            installation,
            InstantSource.fixed(NOW),
            terminal);
    return new Cli(new App(host, kernel, new FakeFiles(), stop)).run(arguments);
  }

  private final class FakeFiles implements EventFiles {
    @Override
    public void read(Path file, Consumer<Event> events, BadLine badLines) throws IOException {
      fileEvents.forEach(events);
      if (badLine > 0) {
        badLines.accept(badLine, "no event");
      }
    }
  }

  /** Asks for the end at once, like a Ctrl-C that came early. */
  static final class FakeStop implements StopSignal {
    /** What happens between one look and the next; after the last, the end is asked for. */
    final Queue<Runnable> meanwhile = new ArrayDeque<>();

    int waits;
    int open;

    @Override
    public void await() {
      waits++;
    }

    @Override
    public boolean await(Duration time) {
      waits++;
      Runnable next = meanwhile.poll();
      if (next == null) {
        return true;
      }
      next.run();
      return false;
    }

    @Override
    public Guard onStop(Runnable work) {
      open++;
      return () -> open--;
    }
  }
}
