@NullMarked
package io.fairlead.core.dispatch;

import org.jspecify.annotations.NullMarked;
