package io.fairlead.interceptors.codec;

import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.config.ConfigSpec;

/** Kind {@code provider_bodies}: on unless a document says {@code enabled = false}. */
public final class ProviderBodiesProvider implements InterceptorProvider {

  /** Called by the service loader. */
  public ProviderBodiesProvider() {}

  @Override
  public String kind() {
    return "provider_bodies";
  }

  @Override
  public ConfigSpec configSpec() {
    return ConfigSpec.EMPTY;
  }

  @Override
  public Interceptor create(ComponentContext context) {
    return new BodyInterceptor();
  }

  @Override
  public boolean onByDefault() {
    return true;
  }
}
