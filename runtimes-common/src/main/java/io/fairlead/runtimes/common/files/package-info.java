/** Files of other programs that grow and rotate. */
@NullMarked
package io.fairlead.runtimes.common.files;

import org.jspecify.annotations.NullMarked;
