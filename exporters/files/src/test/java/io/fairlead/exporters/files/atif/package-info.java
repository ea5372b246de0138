@NullMarked
package io.fairlead.exporters.files.atif;

import org.jspecify.annotations.NullMarked;
