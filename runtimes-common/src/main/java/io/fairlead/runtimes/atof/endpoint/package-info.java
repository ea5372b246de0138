/** An endpoint that takes ATOF streams and hooks. */
@NullMarked
package io.fairlead.runtimes.atof.endpoint;

import org.jspecify.annotations.NullMarked;
