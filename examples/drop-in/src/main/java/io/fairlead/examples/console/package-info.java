/** An exporter of one's own in two small classes: kind {@code console_line}. */
@NullMarked
package io.fairlead.examples.console;

import org.jspecify.annotations.NullMarked;
