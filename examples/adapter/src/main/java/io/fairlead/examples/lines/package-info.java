/** A runtime adapter of one's own in two small classes: kind {@code call_lines}. */
@NullMarked
package io.fairlead.examples.lines;

import org.jspecify.annotations.NullMarked;
