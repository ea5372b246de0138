package io.fairlead.spi;

/** The service behind a runtime's {@code kind}. */
public interface RuntimeAdapterProvider extends ComponentProvider {

  /**
   * Makes an adapter. Called on the initializing thread, once per enabled component. Opens nothing
   * and starts no thread. A throw makes {@code initialize} fail and is rolled back.
   */
  RuntimeAdapter create(ComponentContext context) throws Exception;

  @Override
  default boolean repeatable() {
    return true;
  }
}
