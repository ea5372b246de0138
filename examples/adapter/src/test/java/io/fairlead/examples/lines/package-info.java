@NullMarked
package io.fairlead.examples.lines;

import org.jspecify.annotations.NullMarked;
