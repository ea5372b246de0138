/**
 * Configuration documents: reading them, replacing their variables, and checking a table against
 * the spec somebody declared for it. Knows nothing about components.
 */
@NullMarked
package io.fairlead.core.config;

import org.jspecify.annotations.NullMarked;
