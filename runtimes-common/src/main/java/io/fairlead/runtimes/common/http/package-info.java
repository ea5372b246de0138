/** A small HTTP endpoint on the loopback interface with bounds on everything. */
@NullMarked
package io.fairlead.runtimes.common.http;

import org.jspecify.annotations.NullMarked;
