package io.fairlead.spi;

/** The service behind an interceptor's {@code kind}. */
public interface InterceptorProvider extends ComponentProvider {

  /** Makes an interceptor; see {@link ExporterProvider#create}. */
  Interceptor create(ComponentContext context) throws Exception;

  /**
   * Whether a kernel runs one with the defaults of its fields when the document says nothing about
   * this kind. A document that has a component of the kind decides by itself, if only by {@code
   * enabled = false}. Meant for what adds facts and takes nothing away. Called when a document is
   * validated; constant.
   */
  default boolean onByDefault() {
    return false;
  }
}
