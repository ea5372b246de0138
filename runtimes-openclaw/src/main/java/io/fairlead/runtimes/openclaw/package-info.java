/** Reads what OpenClaw leaves behind: its stores since 2026.8, its transcript files before. */
@NullMarked
package io.fairlead.runtimes.openclaw;

import org.jspecify.annotations.NullMarked;
