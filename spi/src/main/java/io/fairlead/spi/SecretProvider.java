package io.fairlead.spi;

import io.fairlead.spi.config.Secret;
import org.jspecify.annotations.Nullable;

/**
 * The service behind a scheme in {@code ${scheme:key}}. {@code env} and {@code file} are built in.
 */
public interface SecretProvider {

  /** The scheme: {@code [a-z][a-z0-9_]*}. */
  String scheme();

  /**
   * The secret of a key, or null when there is none. Called on the initializing thread, never
   * during validation; may block for a few seconds. A throw is reported without its message.
   */
  @Nullable Secret resolve(String key) throws Exception;
}
