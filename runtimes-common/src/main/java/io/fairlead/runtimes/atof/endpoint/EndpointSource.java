package io.fairlead.runtimes.atof.endpoint;

import io.fairlead.runtimes.atof.hooks.HookAgent;
import io.fairlead.runtimes.atof.hooks.Hooks;
import io.fairlead.runtimes.common.http.HttpEndpoint;
import io.fairlead.runtimes.common.http.HttpRequest;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.diagnostic.Level;
import io.fairlead.spi.event.EpochNanos;
import io.fairlead.spi.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Events that are sent here. A client has its answer once what it sent is committed; a commit that
 * fails is answered 503, and the client may send it again.
 */
public final class EndpointSource implements AutoCloseable {

  private final ComponentContext context;
  private final EndpointSettings settings;
  private final Inbox inbox = new Inbox();
  private final StreamReader reader;
  private final Hooks hooks;
  private @Nullable SourceState state;
  private @Nullable HttpEndpoint endpoint;

  /** A source that is not open. */
  public EndpointSource(ComponentContext context, EndpointSettings settings) {
    this.context = context;
    this.settings = settings;
    this.reader = new StreamReader(context.instance());
    this.hooks = new Hooks(settings.hookContent(), settings.idle());
  }

  /** Takes up what was committed and opens the port. */
  public void start(SourceState committed) throws IOException {
    state = committed;
    reader.load(committed);
    hooks.load(committed);
    HttpEndpoint opened =
        HttpEndpoint.open(
            settings.address(),
            "fairlead-" + context.instance(),
            settings.limits(),
            new Door(inbox, settings.token()));
    endpoint = opened;
    context
        .diagnostics()
        .report(
            new Diagnostic(
                Level.INFO,
                "atof.listening",
                context.instance(),
                "sources.endpoint.port",
                "listening on http://"
                    + settings.address().getHostString()
                    + ":"
                    + opened.port()
                    + "/events",
                null,
                null));
  }

  /** The port it got. */
  public int port() {
    return Objects.requireNonNull(endpoint, "not started").port();
  }

  /** Turns known from hooks that are open. */
  public int openTurns() {
    return hooks.openTurns();
  }

  /** Takes what has come, waiting a while for the first, and commits it. */
  public void poll(SourceSink sink, Duration wait) throws InterruptedException {
    List<Inbox.Letter> letters = inbox.take(wait);
    List<Event> events = new ArrayList<>();
    List<Runnable> answers = new ArrayList<>();
    for (Inbox.Letter letter : letters) {
      take(letter, events, answers);
    }
    hookEvents(hooks.endIdle(now()), events);
    Map<String, byte @Nullable []> changes = new TreeMap<>(reader.changes());
    changes.putAll(hooks.changes());
    boolean committed = false;
    try {
      if (!events.isEmpty() || !changes.isEmpty()) {
        sink.commit(events, changes);
      }
      committed = true;
      answers.forEach(Runnable::run);
    } finally {
      if (!committed) {
        // What was not taken never happened.
        reader.load(Objects.requireNonNull(state));
        hooks.load(Objects.requireNonNull(state));
        letters.forEach(letter -> letter.done().cancel(false));
      }
    }
  }

  private long now() {
    return EpochNanos.of(context.clock().instant());
  }

  private void take(Inbox.Letter letter, List<Event> events, List<Runnable> answers) {
    CompletableFuture<Integer> done = letter.done();
    HttpRequest hook = letter.hook();
    if (hook == null) {
      int bad = 0;
      for (byte[] line : letter.lines()) {
        Event event = reader.read(line);
        if (event != null) {
          events.add(event);
        } else if (reader.problem() != null) {
          bad++;
          badLine(String.valueOf(reader.problem()));
        }
      }
      int rejected = bad;
      answers.add(() -> done.complete(rejected));
      return;
    }
    try {
      String name = hook.path().substring(hook.path().lastIndexOf('/') + 1);
      HookAgent agent = Objects.requireNonNull(HookAgent.ofWireName(name));
      hookEvents(hooks.accept(agent, hook, now()), events);
      answers.add(() -> done.complete(0));
    } catch (IllegalArgumentException e) {
      done.completeExceptionally(e);
    }
  }

  private void hookEvents(List<String> lines, List<Event> events) {
    for (String line : lines) {
      Event event = reader.read(line.getBytes(StandardCharsets.UTF_8));
      if (event != null) {
        events.add(HookFacts.own(event, Hooks.isConcluded(line)));
      } else if (reader.problem() != null) {
        badLine(String.valueOf(reader.problem()));
      }
    }
  }

  private void badLine(String reason) {
    context
        .diagnostics()
        .report(
            Diagnostic.warning(
                "atof.bad_record",
                context.instance(),
                "a record was sent that is none: " + reason));
  }

  @Override
  public void close() {
    inbox.close();
    if (endpoint != null) {
      endpoint.close();
    }
  }
}
