/** What providers there are, and where they came from. */
@NullMarked
package io.fairlead.core.discovery;

import org.jspecify.annotations.NullMarked;
