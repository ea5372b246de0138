@NullMarked
package io.fairlead.interceptors.codec;

import org.jspecify.annotations.NullMarked;
