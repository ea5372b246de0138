/** Reads ATOF event streams: files that grow, and an endpoint for streams and hooks. */
@NullMarked
package io.fairlead.runtimes.atof;

import org.jspecify.annotations.NullMarked;
