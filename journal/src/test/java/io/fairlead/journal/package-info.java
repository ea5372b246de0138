@NullMarked
package io.fairlead.journal;

import org.jspecify.annotations.NullMarked;
