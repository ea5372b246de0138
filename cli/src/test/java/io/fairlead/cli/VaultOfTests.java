package io.fairlead.cli;

import io.fairlead.spi.SecretProvider;
import io.fairlead.spi.config.Secret;
import org.jspecify.annotations.Nullable;

/** A plugin for {@code ${vault:…}}. */
public final class VaultOfTests implements SecretProvider {

  static final String SECRET = "tok3n-of-the-vault";

  @Override
  public String scheme() {
    return "vault";
  }

  @Override
  public @Nullable Secret resolve(String key) {
    if (key.equals("broken")) {
      throw new IllegalStateException("the vault says " + SECRET);
    }
    return Secret.of(SECRET);
  }
}
