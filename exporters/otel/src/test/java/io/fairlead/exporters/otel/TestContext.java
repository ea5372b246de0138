package io.fairlead.exporters.otel;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A component's surroundings in tests. */
record TestContext(ConfigView config, Map<String, String> variables) implements ComponentContext {

  @Override
  public String instance() {
    return "opentelemetry";
  }

  @Override
  public InstantSource clock() {
    return InstantSource.system();
  }

  @Override
  public DiagnosticSink diagnostics() {
    return diagnostic -> {};
  }

  @Override
  public @Nullable String environment(String name) {
    return variables.get(name);
  }

  @Override
  public boolean readsEverything() {
    return false;
  }

  @Override
  public KernelStatus kernel() {
    return new KernelStatus() {
      @Override
      public List<SubscriberStatus> subscribers() {
        return List.of();
      }

      @Override
      public long events() {
        return 0;
      }

      @Override
      public long dropped() {
        return 0;
      }
    };
  }
}
