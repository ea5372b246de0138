@NullMarked
package io.fairlead.core.instrumentation;

import org.jspecify.annotations.NullMarked;
