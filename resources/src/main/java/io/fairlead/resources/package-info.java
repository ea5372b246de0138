/** What processes use of the machine, as metric marks. */
@NullMarked
package io.fairlead.resources;

import org.jspecify.annotations.NullMarked;
