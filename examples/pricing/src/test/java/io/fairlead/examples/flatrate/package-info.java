@NullMarked
package io.fairlead.examples.flatrate;

import org.jspecify.annotations.NullMarked;
