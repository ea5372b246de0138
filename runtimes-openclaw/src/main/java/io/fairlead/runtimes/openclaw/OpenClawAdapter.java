package io.fairlead.runtimes.openclaw;

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

/** Watches the agents of one OpenClaw installation. */
final class OpenClawAdapter implements RuntimeAdapter {

  static final String RUNTIME = "openclaw";

  private final ComponentContext context;
  private final OpenClawSettings settings;
  private final Map<OpenClawHome, HomeReader> readers = new LinkedHashMap<>();
  private @Nullable SourceState state;
  private boolean missingReported;

  OpenClawAdapter(ComponentContext context, OpenClawSettings settings) {
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
    boolean found = false;
    boolean unread = false;
    int open = 0;
    for (HomeReader reader : readers.values()) {
      more |= reader.poll(sink);
      open += reader.openTurns();
      found |= reader.hasAgents();
      unread |= reader.isUnread();
    }
    if (!found) {
      reportMissing();
      unread |= settings.homeNamed();
    }
    if (more) {
      return Poll.again(open);
    }
    return unread
        ? Poll.unread(settings.pollInterval(), open)
        : Poll.idle(settings.pollInterval(), open);
  }

  private void findHomes(SourceState committed) throws IOException {
    for (OpenClawHome home : OpenClawHome.of(settings)) {
      if (Files.isDirectory(home.directory()) && !readers.containsKey(home)) {
        readers.put(home, new HomeReader(home, settings, context, committed));
      }
    }
  }

  private void reportMissing() {
    if (!missingReported) {
      missingReported = true;
      context
          .diagnostics()
          .report(
              Diagnostic.warning(
                      "openclaw.home_missing",
                      context.instance(),
                      "there are no agents of OpenClaw in " + settings.home())
                  .withHint(
                      "set home, or OPENCLAW_STATE_DIR; it is looked for again at each poll"));
    }
  }

  @Override
  public void close() {
    readers.values().forEach(HomeReader::close);
    readers.clear();
  }
}
