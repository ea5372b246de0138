/**
 * What the author of a plugin tests with: one contract test per provider interface to extend,
 * doubles of what the kernel hands out, recorded deliveries, a clock that stands still, random
 * events, and expectations written into TOML documents.
 */
@NullMarked
package io.fairlead.testkit;

import org.jspecify.annotations.NullMarked;
