/**
 * Kind {@code pii_redaction}: takes personal data and secrets out of captured content before the
 * log and any exporter see it.
 */
@NullMarked
package io.fairlead.interceptors.redaction;

import org.jspecify.annotations.NullMarked;
