/** Findings about a configuration or about the running program. */
@NullMarked
package io.fairlead.spi.diagnostic;

import org.jspecify.annotations.NullMarked;
