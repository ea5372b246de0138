package io.fairlead.exporters.otel.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every name in our table is in the registry it was derived from, and not deprecated there. */
class GenAiProfileTest {

  @ParameterizedTest
  @ValueSource(strings = {"practice", "1.36", "1.41", "main"})
  void agreesWithTheRegistry(String name) throws IOException {
    GenAiProfile profile = GenAiProfile.of(name);
    Map<?, ?> registry = registry(name);
    Map<?, ?> attributes = map(registry, "attributes");

    assertThat(registry.get("provider_attribute")).isEqualTo(profile.providerKey());
    assertThat(registry.get("cache_write_attribute")).isEqualTo(profile.cacheWriteKey());
    assertThat(profile.attributes())
        .isNotEmpty()
        .allSatisfy(
            attribute ->
                assertThat(map(attributes, attribute).get("deprecated")).as(attribute).isNull());
    assertThat(profile.metrics())
        .isNotEmpty()
        .allSatisfy(
            metric -> assertThat(map(registry, "metrics").containsKey(metric)).as(metric).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"practice", "1.36", "1.41", "main"})
  void namesProvidersAsTheRegistryDoes(String name) throws IOException {
    GenAiProfile profile = GenAiProfile.of(name);
    List<?> known = (List<?>) Objects.requireNonNull(registry(name).get("providers"));
    for (String said : List.of("xai", "mistral", "Bedrock", "gemini", "vertexai", "openai")) {
      assertThat(known.contains(ProviderNames.value(profile, ProviderNames.wellKnown(said))))
          .as(said)
          .isTrue();
    }
  }

  private static Map<?, ?> registry(String name) throws IOException {
    Properties table = new Properties();
    try (InputStreamReader reader =
        new InputStreamReader(
            Objects.requireNonNull(
                GenAiProfile.class.getResourceAsStream("genai-profiles.properties")),
            StandardCharsets.UTF_8)) {
      table.load(reader);
    }
    Map<?, ?> all =
        (Map<?, ?>)
            Objects.requireNonNull(PeerEvents.parse(PeerEvents.text("/genai/registry.json")));
    return map(map(all, "profiles"), table.getProperty(name + ".registry"));
  }

  private static Map<?, ?> map(Map<?, ?> parent, String name) {
    return (Map<?, ?>) Objects.requireNonNull(parent.get(name), name);
  }
}
