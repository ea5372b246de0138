package io.fairlead.runtimes.openclaw;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The models that {@code openclaw.json} itself calls free. OpenClaw writes a cost of 0 both for
 * those and for models it has no price of.
 */
final class Prices {

  private static final long MAX_BYTES = 8 << 20;
  private static final List<String> PARTS = List.of("input", "output", "cacheRead", "cacheWrite");

  private final Path configFile;
  private Set<String> free = Set.of();
  private @Nullable Object seen;

  Prices(Path configFile) {
    this.configFile = configFile;
  }

  /** Whether the configuration sets every price of a model to 0. */
  boolean isFree(@Nullable String provider, @Nullable String model) {
    return free.contains(provider + "/" + model);
  }

  /** Reads the configuration again when it was changed. One that cannot be read names no prices. */
  void refresh() {
    Object now = stamp();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    free = read();
  }

  private Object stamp() {
    try {
      BasicFileAttributes file = Files.readAttributes(configFile, BasicFileAttributes.class);
      return List.of(file.size(), file.lastModifiedTime());
    } catch (IOException e) {
      return "";
    }
  }

  private Set<String> read() {
    try {
      if (!Files.isRegularFile(configFile) || Files.size(configFile) > MAX_BYTES) {
        return Set.of();
      }
      String text = new String(Files.readAllBytes(configFile), StandardCharsets.UTF_8);
      JsonValue config = JsonValue.parseRelaxed(text);
      return config == null ? Set.of() : freeModels(config);
    } catch (IOException e) {
      return Set.of();
    }
  }

  private static Set<String> freeModels(JsonValue config) {
    Set<String> free = new HashSet<>();
    config
        .child("models")
        .child("providers")
        .objects()
        .forEach(
            (name, provider) -> {
              for (JsonValue model : provider.children("models")) {
                if (isFree(model.child("cost"))) {
                  free.add(name + "/" + model.text("id"));
                }
              }
            });
    return free;
  }

  private static boolean isFree(JsonValue cost) {
    if (!cost.has("input") || !cost.has("output")) {
      return false;
    }
    for (String part : PARTS) {
      BigDecimal price = cost.decimal(part);
      if (cost.has(part) && (price == null || price.signum() != 0)) {
        return false;
      }
    }
    return true;
  }
}
