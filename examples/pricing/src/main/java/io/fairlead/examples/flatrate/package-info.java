/** Prices of one's own in two small classes: kind {@code flat_rate}. */
@NullMarked
package io.fairlead.examples.flatrate;

import org.jspecify.annotations.NullMarked;
