@NullMarked
package io.fairlead.interceptors.redaction;

import org.jspecify.annotations.NullMarked;
