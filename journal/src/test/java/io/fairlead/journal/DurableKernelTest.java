package io.fairlead.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.core.ActivePlugins;
import io.fairlead.core.CloseReport;
import io.fairlead.core.InitializationException;
import io.fairlead.core.KernelOptions;
import io.fairlead.core.PluginConfig;
import io.fairlead.core.dispatch.Pauses;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import io.fairlead.testkit.RandomEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A kernel over the journal: what an outage, a restart and a second program do to it. */
class DurableKernelTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir private Path home;

  /** A backend that is up or down. */
  private static final class Backend implements Subscriber {

    private final List<Event> received = new CopyOnWriteArrayList<>();
    private final boolean up;

    Backend(boolean up) {
      this.up = up;
    }

    @Override
    public Settings settings() {
      return new Settings(10, Duration.ZERO, Duration.ZERO, true);
    }

    @Override
    public DeliveryResult deliver(List<Event> events) {
      if (!up) {
        return DeliveryResult.retry("connection refused", null);
      }
      received.addAll(events);
      return DeliveryResult.done(events.size());
    }
  }

  private ActivePlugins start(Backend backend) throws InitializationException {
    return PluginConfig.builder()
        .build()
        .initialize(
            KernelOptions.builder()
                .dataDir(home.resolve("data"))
                .retryPauses(new Pauses(Duration.ofMillis(5), Duration.ofMillis(20)))
                .subscriber("backend", backend)
                .build());
  }

  private static List<Event> someEvents() {
    RandomEvents random = new RandomEvents(7);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      events.add(random.next());
    }
    return events;
  }

  @Test
  void whatAnOutageHeldBackGoesOutAfterTheRestart() throws Exception {
    List<Event> events = someEvents();
    Backend down = new Backend(false);
    ActivePlugins first = start(down);
    events.forEach(first.hub()::emit);
    assertThat(first.hub().flush("backend", Duration.ofMillis(100))).isFalse();
    CloseReport report = first.close(SOON);
    long held = report.subscribers().get(0).pending();
    assertThat(held).as("open scopes are ended too").isGreaterThanOrEqualTo(100);
    assertThat(report.subscribers().get(0).lastError()).isEqualTo("connection refused");

    Backend up = new Backend(true);
    try (ActivePlugins second = start(up)) {
      assertThat(second.flush(SOON).complete()).isTrue();
    }
    assertThat(up.received)
        .hasSize((int) held)
        .as("seed 7")
        .startsWith(events.toArray(Event[]::new));

    Backend later = new Backend(true);
    try (ActivePlugins third = start(later)) {
      assertThat(third.flush(SOON).complete()).isTrue();
    }
    assertThat(later.received).isEmpty();
  }

  @Test
  void aCloseWithTheBackendDownDoesNotUseUpItsTime() throws Exception {
    ActivePlugins active = start(new Backend(false));
    someEvents().forEach(active.hub()::emit);
    long before = System.nanoTime();
    CloseReport report = active.close(Duration.ofMinutes(1));
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
    assertThat(report.complete()).isFalse();
    assertThat(report.abandoned()).isEmpty();
  }

  @Test
  void aSecondProgramOnTheSameDirectoryIsRefused() throws Exception {
    try (ActivePlugins first = start(new Backend(true))) {
      InitializationException refused =
          catchThrowableOfType(InitializationException.class, () -> start(new Backend(true)));
      assertThat(refused.report().diagnostics())
          .extracting(Diagnostic::code)
          .containsExactly("journal.locked");
      assertThat(first.flush(SOON).complete()).isTrue();
    }
  }

  /** Gathers what it is given and saves how much of it was pushed. */
  private static final class Gathering implements Subscriber {

    private byte @Nullable [] restored;

    @Override
    public Settings settings() {
      return new Settings(10, Duration.ZERO, Duration.ofHours(1), true);
    }

    @Override
    public void start(SourceState state) {
      restored = state.get("pushed");
    }

    @Override
    public DeliveryResult deliver(List<Event> events) {
      return DeliveryResult.done(events.size());
    }

    @Override
    public DeliveryResult push() {
      return DeliveryResult.done(1).withState(Map.of("pushed", new byte[] {1}));
    }
  }

  @Test
  void whatAPushSaysIsSavedWithoutAFurtherDelivery() throws Exception {
    KernelOptions.Builder options = KernelOptions.builder().dataDir(home.resolve("data"));
    Gathering before = new Gathering();
    try (ActivePlugins first =
        PluginConfig.builder()
            .build()
            .initialize(options.subscriber("gathering", before).build())) {
      assertThat(first.flush(SOON).complete()).isTrue();
    }
    assertThat(before.restored).isNull();

    Gathering after = new Gathering();
    KernelOptions again =
        KernelOptions.builder()
            .dataDir(home.resolve("data"))
            .subscriber("gathering", after)
            .build();
    PluginConfig.builder().build().initialize(again).close();
    assertThat(after.restored).containsExactly(1);
  }
}
