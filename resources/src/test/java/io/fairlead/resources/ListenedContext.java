package io.fairlead.resources;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.KernelStatus;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.diagnostic.DiagnosticSink;
import io.fairlead.testkit.TestContext;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A context in which somebody subscribes. */
record ListenedContext(TestContext context) implements ComponentContext {

  @Override
  public String instance() {
    return context.instance();
  }

  @Override
  public ConfigView config() {
    return context.config();
  }

  @Override
  public InstantSource clock() {
    return context.clock();
  }

  @Override
  public DiagnosticSink diagnostics() {
    return context.diagnostics();
  }

  @Override
  public @Nullable String environment(String name) {
    return context.environment(name);
  }

  @Override
  public boolean readsEverything() {
    return context.readsEverything();
  }

  @Override
  public KernelStatus kernel() {
    return new KernelStatus() {
      @Override
      public List<SubscriberStatus> subscribers() {
        return List.of(new SubscriberStatus("spans", 0, 0, 0, 0, null));
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
