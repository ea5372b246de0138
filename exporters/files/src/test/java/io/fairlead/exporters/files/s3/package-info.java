@NullMarked
package io.fairlead.exporters.files.s3;

import org.jspecify.annotations.NullMarked;
