package io.fairlead.runtimes.openclaw;

import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import io.fairlead.testkit.ManualClock;
import io.fairlead.testkit.RecordingDiagnostics;
import io.fairlead.testkit.RecordingSink;
import io.fairlead.testkit.Recordings;
import io.fairlead.testkit.Tables;
import io.fairlead.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** A kernel in small: runs the adapter on a home and keeps what it commits. */
final class Rig {

  final Path home;
  final RecordingSink sink = new RecordingSink();
  final RecordingDiagnostics diagnostics = new RecordingDiagnostics();
  final ManualClock clock = ManualClock.at("2026-11-21T12:00:00Z");
  final Map<String, Object> config = new LinkedHashMap<>();
  boolean readsEverything = true;
  int openTurns;

  Rig(Path home) {
    this.home = home;
    set("home", home.toString());
  }

  static Path resource(String name) {
    return Recordings.of(Rig.class, "recorded/" + name);
  }

  static Rig onCopyOf(String recorded, Path directory) {
    copy(resource(recorded), directory);
    return new Rig(directory);
  }

  static void copy(Path from, Path to) {
    try {
      Recordings.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Rig set(String key, Object value) {
    config.put(key, value);
    return this;
  }

  Rig captureContent() {
    return set("capture_content", true);
  }

  /** What was delivered but for the starts of sessions. */
  List<Event> scopes() {
    return events().stream()
        .filter(event -> !event.header().name().equals(Mark.SESSION_STARTED))
        .toList();
  }

  /** The ids of what was delivered, in order. */
  List<UUID> ids() {
    return scopes().stream().map(event -> event.header().uuid()).toList();
  }

  List<Event> events() {
    return sink.events();
  }

  RuntimeAdapter adapter() throws Exception {
    OpenClawAdapterProvider provider = new OpenClawAdapterProvider();
    TestContext context =
        TestContext.of(provider, Tables.of(config)).withClock(clock).withDiagnostics(diagnostics);
    RuntimeAdapter adapter =
        provider.create(readsEverything ? context.readingEverything() : context);
    adapter.start(sink.state());
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
      RuntimeAdapter.Poll poll = adapter.poll(sink);
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
    return events().stream()
        .filter(ScopeEnd.class::isInstance)
        .map(ScopeEnd.class::cast)
        .filter(end -> end.category() == category);
  }

  Stream<ScopeEnd> ends(ScopeCategory category, String session) {
    return ends(category).filter(end -> session.equals(end.header().origin().sessionId()));
  }

  Stream<UsageReported> reports() {
    return events().stream().filter(UsageReported.class::isInstance).map(UsageReported.class::cast);
  }

  static LlmProfile llm(ScopeEnd end) {
    return (LlmProfile) Objects.requireNonNull(end.profile());
  }

  static ToolProfile tool(ScopeEnd end) {
    return (ToolProfile) Objects.requireNonNull(end.profile());
  }
}
