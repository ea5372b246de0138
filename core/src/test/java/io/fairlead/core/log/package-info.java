@NullMarked
package io.fairlead.core.log;

import org.jspecify.annotations.NullMarked;
