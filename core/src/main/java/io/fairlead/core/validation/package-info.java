/** From a document to a plan of components, and everything that is to be said about it. */
@NullMarked
package io.fairlead.core.validation;

import org.jspecify.annotations.NullMarked;
