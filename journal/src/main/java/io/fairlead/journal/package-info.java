/** The durable event log: one SQLite file that survives a kill of the process at any moment. */
@NullMarked
package io.fairlead.journal;

import org.jspecify.annotations.NullMarked;
