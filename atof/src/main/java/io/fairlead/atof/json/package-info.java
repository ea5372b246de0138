/** JSON payloads as plain values. */
@NullMarked
package io.fairlead.atof.json;

import org.jspecify.annotations.NullMarked;
