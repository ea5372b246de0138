package io.fairlead.spi;

/** The service behind a {@code kind} that knows prices. */
public interface PricingProvider extends ComponentProvider {

  /** Makes a pricing; see {@link ExporterProvider#create}. Files are read in {@code create}. */
  ModelPricing create(ComponentContext context) throws Exception;
}
