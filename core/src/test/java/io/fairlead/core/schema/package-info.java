/** Tests of the JSON Schema. */
@NullMarked
package io.fairlead.core.schema;

import org.jspecify.annotations.NullMarked;
