@NullMarked
package io.fairlead.examples.console;

import org.jspecify.annotations.NullMarked;
