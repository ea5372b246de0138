package io.fairlead.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Looks for agent runtimes on this machine when nobody configured any. */
final class RuntimeFinder {

  /**
   * The runtimes known by name.
   *
   * @param kind component kind
   * @param displayName name for people
   * @param variable environment variable that moves the home directory
   * @param directory the home directory's name otherwise
   * @param supported whether this version has an adapter
   */
  private record Known(
      String kind, String displayName, String variable, String directory, boolean supported) {}

  private static final List<Known> KNOWN =
      List.of(
          new Known("hermes", "Hermes", "HERMES_HOME", ".hermes", true),
          new Known("openclaw", "OpenClaw", "OPENCLAW_STATE_DIR", ".openclaw", true));

  /**
   * A runtime that is here.
   *
   * @param kind component kind of its adapter
   * @param displayName name for people
   * @param home its home directory
   * @param supported whether this version can read it
   */
  record Found(String kind, String displayName, Path home, boolean supported) {}

  private final Host host;

  RuntimeFinder(Host host) {
    this.host = host;
  }

  /** The runtimes whose home directories exist. */
  List<Found> find() {
    List<Found> found = new ArrayList<>();
    for (Known known : KNOWN) {
      Path home = home(known);
      if (Files.isDirectory(home)) {
        found.add(new Found(known.kind(), known.displayName(), home, known.supported()));
      }
    }
    return List.copyOf(found);
  }

  /** The places {@link #find} looks at, in words. */
  List<String> places() {
    return KNOWN.stream().map(known -> known.displayName() + " in " + home(known)).toList();
  }

  private Path home(Known known) {
    @Nullable String moved = host.variable(known.variable());
    return moved == null
        ? host.home().resolve(known.directory())
        : Path.of(Objects.requireNonNull(moved));
  }
}
