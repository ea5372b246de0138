/** Tests of config. */
@NullMarked
package io.fairlead.core.config;

import org.jspecify.annotations.NullMarked;
