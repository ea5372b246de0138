package io.fairlead.spi;

/** The service behind a {@code kind} that knows prices. */
public interface PricingProvider extends ComponentProvider {

  /**
   * Makes a pricing; see {@link ExporterProvider#create}. Files of prices are read here, and in
   * {@link #validate} to find their faults.
   */
  ModelPricing create(ComponentContext context) throws Exception;
}
