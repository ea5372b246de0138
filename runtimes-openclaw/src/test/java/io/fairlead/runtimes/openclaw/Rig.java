package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A kernel in small: runs the adapter on a home and keeps what it commits. */
final class Rig {

  final Path home;
  final Map<String, byte[]> state = new TreeMap<>();
  final List<Event> events = new ArrayList<>();
  final List<Diagnostic> diagnostics = new ArrayList<>();
  final Map<String, ConfigNode> config = new LinkedHashMap<>();
  Instant now = Instant.parse("2026-11-21T12:00:00Z");
  boolean readsEverything = true;
  int commits;
  int openTurns;

  /** The commit that fails, counted from 1; 0: none. */
  int failAt;

  Rig(Path home) {
    this.home = home;
    set("home", home.toString());
  }

  static Path resource(String name) {
    URL url = Objects.requireNonNull(Rig.class.getResource("/recorded/" + name), name);
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Rig onCopyOf(String recorded, Path directory) {
    copy(resource(recorded), directory);
    return new Rig(directory);
  }

  static void copy(Path from, Path to) {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Rig set(String key, String value) {
    config.put(key, new ConfigNode.Text(value, null));
    return this;
  }

  Rig captureContent() {
    config.put("capture_content", new ConfigNode.Bool(true, null));
    return this;
  }

  /** What was delivered but for the starts of sessions. */
  List<Event> scopes() {
    return events.stream()
        .filter(event -> !event.header().name().equals(Mark.SESSION_STARTED))
        .toList();
  }

  /** The ids of what was delivered, in order. */
  List<UUID> ids() {
    return scopes().stream().map(event -> event.header().uuid()).toList();
  }

  static ConfigNode.Table table(Map<String, ConfigNode> values) {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    values.forEach((key, value) -> entries.put(key, new ConfigNode.Entry(null, value)));
    return new ConfigNode.Table(entries, null);
  }

  RuntimeAdapter adapter() throws Exception {
    RuntimeAdapter adapter = new OpenClawAdapterProvider().create(new Context());
    adapter.start(new State());
    return adapter;
  }

  /** Polls until nothing is left to read. */
  Rig run() throws Exception {
    try (RuntimeAdapter adapter = adapter()) {
      drain(adapter);
    }
    return this;
  }

  void drain(RuntimeAdapter adapter) throws Exception {
    for (int i = 0; i < 100_000; i++) {
      RuntimeAdapter.Poll poll = adapter.poll(new Sink());
      openTurns = poll.openTurns();
      if (!poll.more()) {
        return;
      }
    }
    throw new IllegalStateException("never idle");
  }

  /** As many looks as a live run needs to settle what is there. */
  void lookThrice(RuntimeAdapter adapter) throws Exception {
    drain(adapter);
    drain(adapter);
    drain(adapter);
  }

  Stream<ScopeEnd> ends(ScopeCategory category) {
    return events.stream()
        .filter(ScopeEnd.class::isInstance)
        .map(ScopeEnd.class::cast)
        .filter(end -> end.category() == category);
  }

  Stream<ScopeEnd> ends(ScopeCategory category, String session) {
    return ends(category).filter(end -> session.equals(end.header().origin().sessionId()));
  }

  Stream<UsageReported> reports() {
    return events.stream().filter(UsageReported.class::isInstance).map(UsageReported.class::cast);
  }

  static LlmProfile llm(ScopeEnd end) {
    return (LlmProfile) Objects.requireNonNull(end.profile());
  }

  static ToolProfile tool(ScopeEnd end) {
    return (ToolProfile) Objects.requireNonNull(end.profile());
  }

  private final class State implements SourceState {
    @Override
    public byte @Nullable [] get(String key) {
      return state.get(key);
    }

    @Override
    public void forEach(String prefix, BiConsumer<String, byte[]> visitor) {
      new TreeMap<>(state)
          .forEach(
              (key, value) -> {
                if (key.startsWith(prefix)) {
                  visitor.accept(key, value);
                }
              });
    }
  }

  /** Stands for a process that is killed at a commit. */
  static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private final class Sink implements SourceSink {
    @Override
    public void commit(List<Event> piece, Map<String, byte @Nullable []> changes) {
      commits++;
      if (commits == failAt) {
        throw new Killed();
      }
      events.addAll(piece);
      changes.forEach(
          (key, value) -> {
            if (value == null) {
              state.remove(key);
            } else {
              state.put(key, value);
            }
          });
    }
  }

  private final class Context implements ComponentContext {
    @Override
    public String instance() {
      return "openclaw";
    }

    @Override
    public ConfigView config() {
      return ConfigView.of(new OpenClawAdapterProvider().configSpec(), table(config));
    }

    @Override
    public InstantSource clock() {
      return () -> now;
    }

    @Override
    public DiagnosticSink diagnostics() {
      return diagnostics::add;
    }

    @Override
    public @Nullable String environment(String name) {
      return null;
    }

    @Override
    public boolean readsEverything() {
      return readsEverything;
    }

    @Override
    public KernelStatus kernel() {
      throw new UnsupportedOperationException();
    }
  }
}
