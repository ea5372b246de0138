/** Reads what Hermes Agent leaves behind: its store and its log. */
@NullMarked
package io.fairlead.runtimes.hermes;

import org.jspecify.annotations.NullMarked;
