/** What looks at events before the log and the subscribers do. */
@NullMarked
package io.fairlead.interceptors;

import org.jspecify.annotations.NullMarked;
