package io.fairlead.core;

import io.fairlead.core.dispatch.InterceptorChain;
import io.fairlead.core.lifecycle.ComponentScope;
import io.fairlead.core.validation.PlannedComponent;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.InterceptorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A component that sees each event before the log does. */
final class InterceptorComponent extends Component {

  private static final Duration CLOSE_TIME = Duration.ofSeconds(1);

  private final InterceptorChain.Link link;

  InterceptorComponent(PlannedComponent planned, ComponentScope scope, InterceptorProvider provider)
      throws ComponentFault, InterruptedException {
    super(planned, scope);
    Interceptor interceptor = Steps.start(scope, () -> provider.create(scope));
    try {
      this.link = Steps.start(scope, () -> link(scope, interceptor));
    } catch (ComponentFault | InterruptedException e) {
      close(interceptor, CLOSE_TIME, new ArrayList<>());
      throw e;
    }
  }

  private static InterceptorChain.Link link(ComponentScope scope, Interceptor interceptor) {
    ClassLoader own = InterceptorComponent.class.getClassLoader();
    return new InterceptorChain.Link(
        scope.instance(),
        interceptor,
        scope.diagnostics(),
        scope.loader() == own ? null : scope.loader());
  }

  InterceptorChain.Link link() {
    return link;
  }

  @Override
  void end(Remains remains, Duration time, List<String> abandoned) {
    close(link.interceptor(), time, abandoned);
  }

  private void close(Interceptor interceptor, Duration time, List<String> abandoned) {
    Steps.end(scope(), "interceptor", interceptor::close, time, abandoned);
  }
}
