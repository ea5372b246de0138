/** SQLite stores of other programs, read without touching them. */
@NullMarked
package io.fairlead.runtimes.common.sqlite;

import org.jspecify.annotations.NullMarked;
