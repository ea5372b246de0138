package io.fairlead.cli;

import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a command wants components to be started.
 *
 * @param stateDir where the journal lives when the document does not say; null: events are kept in
 *     memory only and nothing is left behind
 * @param readsEverything whether sources are read to their end, history included
 * @param pluginsDir directory of drop-in plugins, or null
 * @param subscribers subscribers of the command itself, by name
 * @param diagnostics takes findings of the running components
 */
record LaunchSettings(
    @Nullable Path stateDir,
    boolean readsEverything,
    @Nullable Path pluginsDir,
    Map<String, Subscriber> subscribers,
    DiagnosticSink diagnostics) {

  LaunchSettings {
    subscribers = Map.copyOf(subscribers);
  }

  /** Reads everything, remembers nothing. */
  static LaunchSettings once(@Nullable Path pluginsDir, DiagnosticSink diagnostics) {
    return new LaunchSettings(null, true, pluginsDir, Map.of(), diagnostics);
  }

  /** Follows the sources and keeps its place in a directory. */
  static LaunchSettings durable(
      Path stateDir, @Nullable Path pluginsDir, DiagnosticSink diagnostics) {
    return new LaunchSettings(stateDir, false, pluginsDir, Map.of(), diagnostics);
  }

  LaunchSettings readingEverything(boolean everything) {
    return new LaunchSettings(stateDir, everything, pluginsDir, subscribers, diagnostics);
  }

  LaunchSettings withSubscriber(String name, Subscriber subscriber) {
    Map<String, Subscriber> all = new LinkedHashMap<>(subscribers);
    all.put(name, subscriber);
    return new LaunchSettings(stateDir, readsEverything, pluginsDir, all, diagnostics);
  }
}
