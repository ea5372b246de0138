/** Typed facts of model calls from the bodies that events carry. */
@NullMarked
package io.fairlead.interceptors.codec;

import org.jspecify.annotations.NullMarked;
