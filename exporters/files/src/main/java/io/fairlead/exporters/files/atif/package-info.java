/**
 * Exporter kind {@code atif}: trajectories in ATIF v1.7, one file for each topmost agent or turn.
 */
@NullMarked
package io.fairlead.exporters.files.atif;

import org.jspecify.annotations.NullMarked;
