/** The log that subscribers pull from: what is kept, for whom, and what is given up at a bound. */
@NullMarked
package io.fairlead.core.log;

import org.jspecify.annotations.NullMarked;
