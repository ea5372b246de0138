@NullMarked
package io.fairlead.resources;

import org.jspecify.annotations.NullMarked;
