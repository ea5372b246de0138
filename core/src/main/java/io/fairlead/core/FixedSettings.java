package io.fairlead.core;

import io.fairlead.core.validation.KernelSettings;
import io.fairlead.spi.diagnostic.Diagnostic;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** The settings of a kernel that last as long as it does. */
final class FixedSettings {

  /** Code of the finding that a setting takes effect at the next start. */
  static final String RESTART_NEEDED = "config.restart_needed";

  private static final Map<String, Function<KernelSettings, Object>> SETTINGS = settings();

  private FixedSettings() {}

  private static Map<String, Function<KernelSettings, Object>> settings() {
    Map<String, Function<KernelSettings, Object>> settings = new LinkedHashMap<>();
    settings.put("data_dir", s -> Objects.requireNonNullElse(s.dataDir(), ""));
    settings.put("journal_max_bytes", KernelSettings::journalMaxBytes);
    settings.put("queue_capacity", KernelSettings::queueCapacity);
    settings.put("overflow", KernelSettings::overflow);
    return settings;
  }

  /** A finding for each setting that a new document wants otherwise. */
  static List<Diagnostic> changed(KernelSettings running, KernelSettings wanted) {
    return SETTINGS.entrySet().stream()
        .filter(setting -> differ(setting.getValue(), running, wanted))
        .map(setting -> restartNeeded(setting.getKey()))
        .toList();
  }

  private static boolean differ(
      Function<KernelSettings, Object> setting, KernelSettings one, KernelSettings other) {
    return !setting.apply(one).equals(setting.apply(other));
  }

  private static Diagnostic restartNeeded(String field) {
    return Diagnostic.warning(
            RESTART_NEEDED, null, "'" + field + "' cannot be changed while Fairlead runs.")
        .atField(field)
        .withHint("Restart Fairlead; until then the former value holds.");
  }
}
