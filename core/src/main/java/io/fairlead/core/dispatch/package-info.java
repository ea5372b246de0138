/** From a producer to the subscribers: interceptors, lanes, the hub of a program. */
@NullMarked
package io.fairlead.core.dispatch;

import org.jspecify.annotations.NullMarked;
