@NullMarked
package io.fairlead.atof.bodies;

import org.jspecify.annotations.NullMarked;
