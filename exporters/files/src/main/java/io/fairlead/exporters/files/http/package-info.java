/** Sending over HTTP, for streams of records and for trajectories. */
@NullMarked
package io.fairlead.exporters.files.http;

import org.jspecify.annotations.NullMarked;
