/** Tests of validation. */
@NullMarked
package io.fairlead.core.validation;

import org.jspecify.annotations.NullMarked;
