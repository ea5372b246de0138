/** A scrape endpoint for Prometheus. */
@NullMarked
package io.fairlead.exporters.prometheus;

import org.jspecify.annotations.NullMarked;
