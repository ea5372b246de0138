/** ATOF files that grow, rotate and are written anew. */
@NullMarked
package io.fairlead.runtimes.atof.files;

import org.jspecify.annotations.NullMarked;
