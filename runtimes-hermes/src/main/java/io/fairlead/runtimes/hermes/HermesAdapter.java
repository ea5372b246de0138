package io.fairlead.runtimes.hermes;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Watches the homes of one Hermes installation. */
final class HermesAdapter implements RuntimeAdapter {

  private final ComponentContext context;
  private final HermesSettings settings;
  private final Map<HermesHome, HomeReader> readers = new LinkedHashMap<>();
  private @Nullable SourceState state;
  private boolean missingReported;

  HermesAdapter(ComponentContext context, HermesSettings settings) {
    this.context = context;
    this.settings = settings;
  }

  @Override
  public void start(SourceState committed) {
    state = committed;
  }

  @Override
  public Poll poll(SourceSink sink) throws Exception {
    SourceState committed = state;
    if (committed == null) {
      throw new IllegalStateException("not started");
    }
    findHomes(committed);
    boolean more = false;
    boolean unread = readers.isEmpty() && settings.homeNamed();
    int open = 0;
    for (HomeReader reader : readers.values()) {
      more |= reader.poll(sink);
      open += reader.openTurns();
      unread |= reader.isUnread();
    }
    if (more) {
      return Poll.again(open);
    }
    return unread
        ? Poll.unread(settings.pollInterval(), open)
        : Poll.idle(settings.pollInterval(), open);
  }

  private void findHomes(SourceState committed) throws IOException {
    if (!Files.isDirectory(settings.home())) {
      reportMissing("there is no directory " + settings.home());
      return;
    }
    for (HermesHome home : HermesHome.under(settings.home(), settings.profiles())) {
      if (home.hasAnything() && !readers.containsKey(home)) {
        readers.put(home, new HomeReader(home, settings, context, committed));
      }
    }
    if (readers.isEmpty()) {
      reportMissing(settings.home() + " holds neither state.db nor logs/agent.log");
    }
  }

  private void reportMissing(String message) {
    if (!missingReported) {
      missingReported = true;
      context
          .diagnostics()
          .report(
              Diagnostic.warning("hermes.home_missing", context.instance(), message)
                  .withHint("set home, or HERMES_HOME; it is looked for again at each poll"));
    }
  }

  @Override
  public void close() {
    readers.values().forEach(HomeReader::close);
    readers.clear();
  }
}
