package io.fairlead.exporters.otel.delivery;

import io.fairlead.spi.config.Secret;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes what must not be shown out of a backend's words: some answer with the header they refused
 * or the address they were called at.
 */
final class SecretWords {

  /** Shorter ones would tear up ordinary words. */
  private static final int SHORTEST = 4;

  private final Set<String> words =
      new TreeSet<>(
          Comparator.comparingInt(String::length)
              .reversed()
              .thenComparing(Comparator.naturalOrder()));

  SecretWords(TransportSettings settings) {
    for (Secret header : settings.headers().values()) {
      add(header.reveal());
      // Without its scheme: "Bearer x" is often answered as "x".
      add(header.reveal().substring(header.reveal().indexOf(' ') + 1));
    }
    int query = settings.endpoint().indexOf('?');
    if (query >= 0) {
      for (String part : settings.endpoint().substring(query + 1).split("&", -1)) {
        add(part.substring(part.indexOf('=') + 1));
      }
    }
  }

  Answer outOf(Answer answer) {
    if (answer instanceof Answer.Later later) {
      return new Answer.Later(outOf(later.reason()), later.after());
    }
    if (answer instanceof Answer.Refused refused) {
      return new Answer.Refused(outOf(refused.reason()), refused.ofItem());
    }
    if (answer instanceof Answer.Unreadable unreadable) {
      return new Answer.Unreadable(outOf(unreadable.reason()));
    }
    if (answer instanceof Answer.Accepted accepted) {
      @Nullable String message = accepted.message();
      return new Answer.Accepted(accepted.rejected(), message == null ? null : outOf(message));
    }
    return answer;
  }

  private String outOf(String text) {
    String clean = text;
    for (String word : words) {
      clean = clean.replace(word, Secret.REDACTED);
    }
    return clean;
  }

  private void add(String word) {
    if (word.length() >= SHORTEST) {
      words.add(word);
    }
  }
}
