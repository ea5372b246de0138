/** Exporter kind {@code atof}: files and streams of ATOF 0.1 records. */
@NullMarked
package io.fairlead.exporters.files;

import org.jspecify.annotations.NullMarked;
