package io.fairlead.core.discovery;

import io.fairlead.spi.SecretProvider;
import io.fairlead.spi.config.Secret;
import org.jspecify.annotations.Nullable;

/** Secrets of a plugin, asked for as plugins expect it; what it throws is an exception. */
record GuardedSecrets(SecretProvider plugin, String scheme) implements SecretProvider {

  @Override
  public @Nullable Secret resolve(String key) throws Exception {
    try {
      return PluginContext.<@Nullable Secret>call(
          plugin.getClass().getClassLoader(), () -> plugin.resolve(key));
    } catch (Error e) { // a plugin may throw anything
      throw new IllegalStateException(e);
    }
  }
}
