@NullMarked
package io.fairlead.examples.together;

import org.jspecify.annotations.NullMarked;
