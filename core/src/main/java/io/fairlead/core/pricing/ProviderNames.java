package io.fairlead.core.pricing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names that runtimes, conventions and catalogs use for one provider. */
final class ProviderNames {

  /** One line per provider: the names of one group are tried in the order written here. */
  private static final List<List<String>> GROUPS =
      List.of(
          List.of("gemini", "google_ai_studio", "google_genai", "gcp.gemini"),
          List.of("vertex_ai", "vertex", "google-vertex", "google_vertex", "gcp.vertex_ai"),
          List.of(
              "bedrock",
              "bedrock_converse",
              "aws.bedrock",
              "aws_bedrock",
              "amazon-bedrock",
              "amazon_bedrock",
              "aws"),
          List.of(
              "azure",
              "azure_openai",
              "azure-openai",
              "azure.ai.openai",
              "az.ai.openai",
              "azure/openai"),
          List.of("azure_ai", "azure.ai.inference", "az.ai.inference", "azure_ai_inference"),
          List.of("xai", "x-ai", "x_ai"),
          List.of("mistral", "mistral_ai", "mistralai"),
          List.of("together", "together_ai", "together-ai"),
          List.of("fireworks", "fireworks_ai", "fireworks-ai"),
          List.of("moonshot", "moonshotai", "moonshot_ai"),
          List.of("zai", "z-ai", "z_ai", "z.ai"),
          List.of("github_copilot", "github-copilot", "copilot"),
          List.of("vercel_ai_gateway", "vercel-ai-gateway"),
          List.of("cohere", "cohere_chat"),
          List.of("perplexity", "perplexity_ai"),
          List.of("voyage", "voyageai"));

  /**
   * Names that leave open which of two services is meant. They go with either, but the services do
   * not go with each other: their prices differ.
   */
  private static final List<String> GOOGLE = List.of("google", "gcp.gen_ai");

  private static final Set<String> GOOGLE_SERVICES = Set.of("gemini", "vertex_ai");

  /** Services that pass calls on: a model they have no price for is their upstream's. */
  private static final Set<String> GATEWAYS =
      Set.of("openrouter", "litellm", "litellm_proxy", "vercel_ai_gateway", "vercel-ai-gateway");

  /** LiteLLM's names for parts of one service: {@code vertex_ai-language-models}. */
  private static final Pattern PART = Pattern.compile("^(vertex_ai|fireworks_ai)-.*");

  private static final Map<String, List<String>> BY_NAME = index();

  private ProviderNames() {}

  private static Map<String, List<String>> index() {
    Map<String, List<String>> index = new HashMap<>();
    List<String> google = new ArrayList<>(GOOGLE);
    for (List<String> group : GROUPS) {
      List<String> names = new ArrayList<>(group);
      if (GOOGLE_SERVICES.contains(group.get(0))) {
        google.addAll(group);
        names.addAll(GOOGLE);
      }
      group.forEach(name -> index.put(name, names));
    }
    GOOGLE.forEach(name -> index.put(name, google));
    return Map.copyOf(index);
  }

  /** The form names are compared in, or null when there is none. */
  static @Nullable String normalize(@Nullable String provider) {
    if (provider == null) {
      return null;
    }
    int begin = 0;
    String text = provider.trim().toLowerCase(Locale.ROOT);
    int end = text.length();
    while (begin < end && text.charAt(begin) == '/') {
      begin++;
    }
    while (end > begin && text.charAt(end - 1) == '/') {
      end--;
    }
    return begin == end ? null : text.substring(begin, end);
  }

  /** The service a name stands for when it names a part of one. */
  static String whole(String provider) {
    return PART.matcher(provider).replaceFirst("$1");
  }

  /** The name itself, then the other names of the same provider. */
  static List<String> variants(String provider) {
    Set<String> variants = new LinkedHashSet<>();
    variants.add(provider);
    String whole = whole(provider);
    variants.add(whole);
    variants.addAll(BY_NAME.getOrDefault(whole, List.of()));
    return new ArrayList<>(variants);
  }

  /** Whether two names mean one provider. */
  static boolean same(String one, String other) {
    return one.equals(other) || BY_NAME.getOrDefault(one, List.of()).contains(other);
  }

  /** Whether the provider passes calls on to others. */
  static boolean isGateway(String provider) {
    return GATEWAYS.contains(provider);
  }
}
