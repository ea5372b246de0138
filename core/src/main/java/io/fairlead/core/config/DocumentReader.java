package io.fairlead.core.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a document with the front end that its file's name asks for: YAML for {@code .yaml} and
 * {@code .yml}, else TOML. Content is never guessed at.
 */
public final class DocumentReader {

  private static final List<String> YAML = List.of(".yaml", ".yml");

  private DocumentReader() {}

  /** Reads a file; the positions name it as the path does. */
  public static TomlDocument read(Path file) {
    return isYaml(file.toString()) ? YamlReader.read(file) : TomlReader.read(file);
  }

  /**
   * Reads a text.
   *
   * @param fileName what positions are to name and what decides the front end, or null for TOML
   */
  public static TomlDocument parse(String text, @Nullable String fileName) {
    return fileName != null && isYaml(fileName)
        ? YamlReader.parse(text, fileName)
        : TomlReader.parse(text, fileName);
  }

  /** Whether a file of this name is read as YAML. */
  public static boolean isYaml(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return YAML.stream().anyMatch(lower::endsWith);
  }
}
