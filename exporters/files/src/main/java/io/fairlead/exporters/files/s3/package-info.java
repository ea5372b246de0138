/** Buckets of S3 and of servers that speak its protocol. */
@NullMarked
package io.fairlead.exporters.files.s3;

import org.jspecify.annotations.NullMarked;
