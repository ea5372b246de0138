/**
 * What programs and model providers say to each other, whatever API they say it in.
 *
 * <p>{@link io.fairlead.atof.bodies.Bodies} is the one reader of such bodies: the codec takes typed
 * facts from it, exporters take messages.
 */
@NullMarked
package io.fairlead.atof.bodies;

import org.jspecify.annotations.NullMarked;
