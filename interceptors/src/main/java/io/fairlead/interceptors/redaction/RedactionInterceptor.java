package io.fairlead.interceptors.redaction;

import io.fairlead.spi.Interceptor;
import io.fairlead.spi.event.Event;
import java.util.List;

/**
 * Applies policies one after the other, then cuts what is too long. An event it cannot redact does
 * not pass.
 */
final class RedactionInterceptor implements Interceptor {

  private final List<RedactionPolicy> policies;
  private final ContentLimit limit;

  RedactionInterceptor(List<RedactionPolicy> policies, ContentLimit limit) {
    this.policies = List.copyOf(policies);
    this.limit = limit;
  }

  @Override
  public Event intercept(Event event) {
    Event redacted = event;
    for (RedactionPolicy policy : policies) {
      redacted = policy.apply(redacted);
    }
    return limit.apply(redacted);
  }

  @Override
  public Stage stage() {
    return Stage.REDACTION;
  }

  @Override
  public boolean failsClosed() {
    return true;
  }
}
