package io.fairlead.core;

import static io.fairlead.core.Fakes.plan;
import static io.fairlead.core.TestEvents.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.dispatch.Pauses;
import io.fairlead.core.log.LogException;
import io.fairlead.core.log.MemoryLog;
import io.fairlead.core.validation.KernelSettings.Overflow;
import io.fairlead.core.validation.Plan;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.RuntimeAdapter;
import io.fairlead.spi.SourceSink;
import io.fairlead.spi.SourceState;
import io.fairlead.spi.Subscriber;
import io.fairlead.spi.Subscriber.DeliveryResult;
import io.fairlead.spi.diagnostic.Diagnostic;
import io.fairlead.spi.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the kernel says when parts of it fail while they work, by code. */
class RuntimeCodesTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final Set<String> codes = ConcurrentHashMap.newKeySet();

  private ActivePlugins start(Plan plan) throws InitializationException {
    KernelOptions options =
        KernelOptions.builder()
            .retryPauses(new Pauses(Duration.ofMillis(5), Duration.ofMillis(50)))
            .diagnostics(finding -> codes.add(finding.code()))
            .build();
    return ActivePlugins.start(
        new Prepared(plan, plan.components(), new ComponentCatalog(List.of(), List.of())), options);
  }

  private void said(String code) {
    await().atMost(SOON).untilAsserted(() -> assertThat(codes).contains(code));
  }

  @Test
  void deliveriesThatDoNotSucceedAreTold() throws Exception {
    Recorder recorder =
        new Recorder() {
          @Override
          public void close() {
            throw new IllegalStateException("stuck");
          }
        }.answering(DeliveryResult.retry("not now", null), DeliveryResult.rejected(0, 1, "never"));
    Plan plan = plan(new Fakes.Exporter("sink", context -> List.of(recorder)));
    try (ActivePlugins plugins = start(plan)) {
      plugins.hub().emit(mark(1));
      said("exporter.delivery_delayed");
      said("exporter.delivery_rejected");
    }
    said("exporter.close_failed");
  }

  @Test
  void whatCannotBePushedIsTold() throws Exception {
    Recorder recorder =
        new Recorder(new Subscriber.Settings(1, Duration.ZERO, Duration.ofHours(1), true), 0) {
          @Override
          public DeliveryResult push() {
            return DeliveryResult.retry("not now", null);
          }
        };
    try (ActivePlugins plugins =
        start(plan(new Fakes.Exporter("sink", context -> List.of(recorder))))) {
      plugins.flush(SOON);
      said("exporter.push_failed");
    }
  }

  @Test
  void partsThatThrowWhileTheyCloseAreTold() throws Exception {
    Plan plan =
        plan(
            new Fakes.Adapter("one", context -> new BadAdapter()),
            new Fakes.Interception("two", context -> new BadInterceptor()));
    start(plan).close();
    said("adapter.close_failed");
    said("interceptor.close_failed");
  }

  @Test
  void kindsOfFindingsBeyondTheBoundAreCounted() {
    RuntimeDiagnostics diagnostics = new RuntimeDiagnostics(finding -> {});
    for (int i = 0; i < 300; i++) {
      diagnostics.report(Diagnostic.warning("acme.finding", null, "x").atField("f" + i));
    }
    assertThat(diagnostics.all()).hasSize(257);
    assertThat(diagnostics.all().get(256))
        .extracting(RuntimeDiagnostic::code, RuntimeDiagnostic::count)
        .containsExactly("fairlead.diagnostics_bound", 44L);
  }

  @Test
  void aClosedLogTakesNothing() {
    MemoryLog log = new MemoryLog(1, Overflow.DROP_NEWEST, finding -> {});
    log.close();
    assertThatThrownBy(() -> log.append("one", List.of(mark(1)), Map.of()))
        .isInstanceOfSatisfying(
            LogException.class, e -> assertThat(e.code()).isEqualTo("log.closed"));
  }

  private static final class BadAdapter implements RuntimeAdapter {
    @Override
    public void start(SourceState state) {}

    @Override
    public Poll poll(SourceSink sink) {
      return Poll.idle(Duration.ofHours(1), 0);
    }

    @Override
    public void close() {
      throw new IllegalStateException("stuck");
    }
  }

  private static final class BadInterceptor implements Interceptor {
    @Override
    public @Nullable Event intercept(Event event) {
      return event;
    }

    @Override
    public Stage stage() {
      return Stage.REDACTION;
    }

    @Override
    public void close() {
      throw new IllegalStateException("stuck");
    }
  }
}
