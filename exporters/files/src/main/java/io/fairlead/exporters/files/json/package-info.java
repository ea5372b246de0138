/** JSON as plain values, for the exporters of files. */
@NullMarked
package io.fairlead.exporters.files.json;

import org.jspecify.annotations.NullMarked;
