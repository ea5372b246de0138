/**
 * Configuration as plugins see it: what they declare ({@link io.fairlead.spi.config.ConfigSpec}),
 * what the document held ({@link io.fairlead.spi.config.ConfigNode}) and typed access to it ({@link
 * io.fairlead.spi.config.ConfigView}).
 */
@NullMarked
package io.fairlead.spi.config;

import org.jspecify.annotations.NullMarked;
