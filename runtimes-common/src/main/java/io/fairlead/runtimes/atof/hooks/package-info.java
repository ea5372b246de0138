/**
 * Hook payloads of coding agents, made into the ATOF records NeMo Relay's gateway makes of them.
 */
@NullMarked
package io.fairlead.runtimes.atof.hooks;

import org.jspecify.annotations.NullMarked;
