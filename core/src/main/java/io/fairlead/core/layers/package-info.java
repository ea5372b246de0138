/** Where configuration files are looked for, and how several of them make one document. */
@NullMarked
package io.fairlead.core.layers;

import org.jspecify.annotations.NullMarked;
