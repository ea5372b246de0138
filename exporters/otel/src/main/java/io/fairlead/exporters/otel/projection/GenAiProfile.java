package io.fairlead.exporters.otel.projection;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One version of the GenAI conventions: the names it has. The conventions change names between
 * versions, so names are read from a table, {@code genai-profiles.properties}.
 *
 * @param name {@code practice}, {@code 1.36}, {@code 1.41} or {@code main}
 * @param schemaUrl schema URL of a released version, or null
 * @param providerKey attribute that names the provider
 * @param cacheWriteKey attribute for tokens written to a cache, or null when it has none
 * @param attributes every attribute it knows, of those we can write
 * @param metrics every metric it knows, of those we can write
 */
public record GenAiProfile(
    String name,
    @Nullable String schemaUrl,
    String providerKey,
    @Nullable String cacheWriteKey,
    Set<String> attributes,
    Set<String> metrics) {

  /** The profiles there are, the default first. */
  public static final List<String> NAMES = List.of("practice", "1.36", "1.41", "main");

  private static final String TABLE = "genai-profiles.properties";

  /**
   * Reads a profile.
   *
   * @throws IllegalArgumentException for a name that is not among {@link #NAMES}
   */
  public static GenAiProfile of(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException("no profile of the conventions is named '" + name + "'");
    }
    Properties table = table();
    return new GenAiProfile(
        name,
        orNull(table.getProperty(name + ".schema_url")),
        Objects.requireNonNull(table.getProperty(name + ".provider")),
        orNull(table.getProperty(name + ".cache_write")),
        names(table.getProperty(name + ".attributes")),
        names(table.getProperty(name + ".metrics")));
  }

  /** Whether a name may be written: the profile has it, or no GenAI convention governs it. */
  boolean allows(String attribute) {
    return !attribute.startsWith("gen_ai.") || attributes.contains(attribute);
  }

  private static Properties table() {
    Properties table = new Properties();
    try (InputStream in =
            Objects.requireNonNull(GenAiProfile.class.getResourceAsStream(TABLE), TABLE);
        InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      table.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return table;
  }

  private static @Nullable String orNull(@Nullable String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  private static Set<String> names(@Nullable String list) {
    return list == null ? Set.of() : Set.of(list.split(","));
  }
}
