/**
 * The {@code observability} component in all its generations: what each generation's authors may
 * write, how one becomes the next, and which exporters the result asks for.
 */
@NullMarked
package io.fairlead.core.observability;

import org.jspecify.annotations.NullMarked;
