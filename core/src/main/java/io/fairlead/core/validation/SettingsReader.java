package io.fairlead.core.validation;

import io.fairlead.core.config.Nearest;
import io.fairlead.core.config.Reporter;
import io.fairlead.core.config.Variables;
import io.fairlead.core.validation.KernelSettings.Overflow;
import io.fairlead.spi.config.ConfigNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the kernel's own keys at the root of a document. */
final class SettingsReader {

  static final String DATA_DIR = "data_dir";
  static final String JOURNAL_MAX_BYTES = "journal_max_bytes";
  static final String QUEUE_CAPACITY = "queue_capacity";
  static final String OVERFLOW = "overflow";

  /** Smaller journals could not hold one large batch. */
  static final long MIN_JOURNAL_BYTES = 1L << 20;

  static final long MAX_QUEUE = 1L << 24;

  private static final Map<String, Overflow> OVERFLOWS =
      Map.of(
          "drop_newest", Overflow.DROP_NEWEST,
          "drop_oldest", Overflow.DROP_OLDEST,
          "block", Overflow.BLOCK);

  static final List<String> OVERFLOW_WORDS = List.of("drop_newest", "drop_oldest", "block");

  private final ConfigNode.Table root;
  private final Reporter reporter;

  SettingsReader(ConfigNode.Table root, Reporter reporter) {
    this.root = root;
    this.reporter = reporter;
  }

  KernelSettings read() {
    KernelSettings standard = KernelSettings.DEFAULT;
    return new KernelSettings(
        text(DATA_DIR),
        number(JOURNAL_MAX_BYTES, standard.journalMaxBytes(), MIN_JOURNAL_BYTES, Long.MAX_VALUE),
        (int) number(QUEUE_CAPACITY, standard.queueCapacity(), 1, MAX_QUEUE),
        overflow());
  }

  private @Nullable String text(String key) {
    ConfigNode node = root.get(key);
    if (node == null) {
      return null;
    }
    if (!(node instanceof ConfigNode.Text text)) {
      RootReader.wrongType(reporter, key, node, "a string");
      return null;
    }
    if (Variables.known(text) == null) {
      if (Variables.isFromFile(text)) {
        RootReader.report(
            reporter, key, node, "field '" + key + "' cannot come from a file", "use ${env:NAME}");
      }
      return null;
    }
    if (text.value().isBlank()) {
      RootReader.report(reporter, key, node, "field '" + key + "' must not be blank", null);
      return null;
    }
    return text.value();
  }

  private long number(String key, long standard, long minimum, long maximum) {
    ConfigNode node = root.get(key);
    if (node == null) {
      return standard;
    }
    if (!(node instanceof ConfigNode.Integer number)) {
      RootReader.wrongType(reporter, key, node, "an integer");
      return standard;
    }
    if (number.value() < minimum || number.value() > maximum) {
      String range =
          maximum == Long.MAX_VALUE ? "at least " + minimum : "from " + minimum + " to " + maximum;
      RootReader.report(reporter, key, node, "field '" + key + "' must be " + range, null);
      return standard;
    }
    return number.value();
  }

  private Overflow overflow() {
    String word = text(OVERFLOW);
    ConfigNode node = root.get(OVERFLOW);
    Overflow overflow = word == null ? null : OVERFLOWS.get(word);
    if (word != null && node != null && overflow == null) {
      RootReader.report(
          reporter,
          OVERFLOW,
          node,
          "field 'overflow' must be one of 'drop_newest', 'drop_oldest', 'block'",
          Nearest.hint(word, OVERFLOW_WORDS));
    }
    return overflow == null ? KernelSettings.DEFAULT.overflow() : overflow;
  }
}
