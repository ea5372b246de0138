/**
 * The embedding interface: load or build a configuration, validate it, start it, talk to what is
 * running.
 */
@NullMarked
package io.fairlead.core;

import org.jspecify.annotations.NullMarked;
