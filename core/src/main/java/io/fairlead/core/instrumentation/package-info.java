/**
 * Scopes and marks from a JVM program's own code. Nothing here throws into the program: misuse is a
 * finding at run time.
 */
@NullMarked
package io.fairlead.core.instrumentation;

import org.jspecify.annotations.NullMarked;
