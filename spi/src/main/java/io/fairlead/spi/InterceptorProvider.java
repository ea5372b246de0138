package io.fairlead.spi;

/** The service behind an interceptor's {@code kind}. */
public interface InterceptorProvider extends ComponentProvider {

  /** Makes an interceptor; see {@link ExporterProvider#create}. */
  Interceptor create(ComponentContext context) throws Exception;
}
