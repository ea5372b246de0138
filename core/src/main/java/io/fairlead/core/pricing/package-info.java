/** Gives model calls their cost on the way to the log. */
@NullMarked
package io.fairlead.core.pricing;

import org.jspecify.annotations.NullMarked;
