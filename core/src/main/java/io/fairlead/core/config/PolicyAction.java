package io.fairlead.core.config;

import io.fairlead.spi.diagnostic.Level;
import org.jspecify.annotations.Nullable;

/** What a document wants to happen with something the framework does not know or support. */
public enum PolicyAction {
  IGNORE("ignore", null),
  WARN("warn", Level.WARNING),
  ERROR("error", Level.ERROR);

  private final String word;
  private final @Nullable Level level;

  PolicyAction(String word, @Nullable Level level) {
    this.word = word;
    this.level = level;
  }

  /** The action of a word, or null; the words are lower case. */
  public static @Nullable PolicyAction of(String word) {
    for (PolicyAction action : values()) {
      if (action.word.equals(word)) {
        return action;
      }
    }
    return null;
  }

  /** The level findings get, or null when they are not reported. */
  public @Nullable Level level() {
    return level;
  }
}
