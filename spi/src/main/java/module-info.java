/**
 * Everything a Fairlead plugin is compiled against: events, provider interfaces, configuration
 * specs and diagnostics. It depends on nothing but {@code java.base}.
 */
module io.fairlead.spi {
  requires static transitive org.jspecify;

  exports io.fairlead.spi;
  exports io.fairlead.spi.config;
  exports io.fairlead.spi.diagnostic;
  exports io.fairlead.spi.event;
}
