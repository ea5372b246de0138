@NullMarked
package io.fairlead.exporters.files;

import org.jspecify.annotations.NullMarked;
