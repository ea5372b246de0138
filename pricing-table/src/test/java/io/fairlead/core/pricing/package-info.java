@NullMarked
package io.fairlead.core.pricing;

import org.jspecify.annotations.NullMarked;
