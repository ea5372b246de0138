package io.fairlead.spi;

import java.util.List;

/**
 * The service behind an exporter's {@code kind}, which is also its section in the {@code
 * observability} component.
 */
public interface ExporterProvider extends ComponentProvider {

  /**
   * Makes the subscribers a configuration asks for, one per place that things are delivered to.
   * Called on the initializing thread, once per enabled component. Opens nothing and starts no
   * thread. A throw makes {@code initialize} fail and is rolled back.
   */
  List<Subscriber> create(ComponentContext context) throws Exception;
}
