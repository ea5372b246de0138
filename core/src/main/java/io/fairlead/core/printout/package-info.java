/** A document as it may be shown: every value with its origin, no secret. */
@NullMarked
package io.fairlead.core.printout;

import org.jspecify.annotations.NullMarked;
