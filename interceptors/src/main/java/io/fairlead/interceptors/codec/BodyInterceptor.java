package io.fairlead.interceptors.codec;

import io.fairlead.atof.bodies.BodyFacts;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.ScopeEvent;

/** Fills in what the bodies of a model call say and its typed facts do not. */
final class BodyInterceptor implements Interceptor {

  @Override
  public Stage stage() {
    return Stage.CODEC;
  }

  @Override
  public Event intercept(Event event) {
    return event instanceof ScopeEvent scope ? BodyFacts.fill(scope) : event;
  }
}
