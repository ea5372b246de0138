@NullMarked
package io.fairlead.atof;

import org.jspecify.annotations.NullMarked;
