/** The JSON Schema of the document, from what the installed components declare. */
@NullMarked
package io.fairlead.core.schema;

import org.jspecify.annotations.NullMarked;
