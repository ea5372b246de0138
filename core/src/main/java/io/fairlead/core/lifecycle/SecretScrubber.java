package io.fairlead.core.lifecycle;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.Secret;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes the secrets of one configuration out of texts that a plugin or a library made. The last
 * line of defence: what is written on purpose never holds a secret in the first place.
 */
final class SecretScrubber {

  /** Shorter secrets would tear up ordinary words. */
  private static final int SHORTEST = 4;

  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

  private final Set<String> secrets = new TreeSet<>(LONGEST_FIRST);

  private SecretScrubber() {}

  static SecretScrubber of(ConfigView config) {
    SecretScrubber scrubber = new SecretScrubber();
    scrubber.collect(config.spec(), config.table());
    return scrubber;
  }

  String scrub(String text) {
    String scrubbed = text;
    for (String secret : secrets) {
      scrubbed = scrubbed.replace(secret, Secret.REDACTED);
    }
    return scrubbed;
  }

  private void collect(ConfigSpec spec, ConfigNode.Table table) {
    for (FieldSpec field : spec.fields()) {
      ConfigNode value = table.get(field.name());
      ConfigSpec nested = field.table();
      if (value == null) {
        continue;
      }
      if (field.secret()) {
        addAll(value);
      } else if (value instanceof ConfigNode.Text text) {
        addUrl(text.value());
      } else if (nested != null) {
        descend(nested, value);
      }
    }
  }

  private void descend(ConfigSpec spec, ConfigNode value) {
    if (value instanceof ConfigNode.Table table) {
      collect(spec, table);
    } else if (value instanceof ConfigNode.Array array) {
      array.elements().forEach(element -> descend(spec, element));
    }
  }

  private void addAll(ConfigNode value) {
    if (value instanceof ConfigNode.Text text) {
      add(text.value());
      // Without its scheme: "Bearer x" is often quoted as "x".
      add(text.value().substring(text.value().indexOf(' ') + 1));
    } else if (value instanceof ConfigNode.Table table) {
      table.entries().values().forEach(entry -> addAll(entry.value()));
    } else if (value instanceof ConfigNode.Array array) {
      array.elements().forEach(this::addAll);
    }
  }

  /** What a URL says besides the place: user and password, and the values of its query. */
  private void addUrl(String text) {
    int authority = text.indexOf("://");
    if (authority < 0) {
      return;
    }
    String rest = text.substring(authority + 3);
    int query = rest.indexOf('?');
    int path = rest.indexOf('/');
    int end = path >= 0 ? path : query >= 0 ? query : rest.length();
    int at = rest.lastIndexOf('@', end);
    if (at > 0) {
      String user = rest.substring(0, at);
      add(user);
      add(user.substring(user.indexOf(':') + 1));
    }
    for (String part : query < 0 ? new String[0] : rest.substring(query + 1).split("&", -1)) {
      add(part.substring(part.indexOf('=') + 1));
    }
  }

  private void add(String secret) {
    if (secret.length() >= SHORTEST) {
      secrets.add(secret);
    }
  }
}
