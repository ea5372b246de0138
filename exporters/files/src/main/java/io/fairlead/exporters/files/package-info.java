/** Exporters that write files: kind {@code atof}, one ATOF 0.1 record per line. */
@NullMarked
package io.fairlead.exporters.files;

import org.jspecify.annotations.NullMarked;
