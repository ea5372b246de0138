/**
 * Events as JSON: {@link io.fairlead.atof.EventCodec} for the journal, one self-contained record
 * per event, and ATOF 0.1 lines for files that other tools read ({@link
 * io.fairlead.atof.AtofWriter}, {@link io.fairlead.atof.AtofReader}).
 */
@NullMarked
package io.fairlead.atof;

import org.jspecify.annotations.NullMarked;
