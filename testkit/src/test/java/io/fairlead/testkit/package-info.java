@NullMarked
package io.fairlead.testkit;

import org.jspecify.annotations.NullMarked;
