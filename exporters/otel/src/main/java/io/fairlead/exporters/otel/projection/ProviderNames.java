package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.atof.bodies.BodyShape;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeEnd;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Providers as the conventions name them: a well-known name must be used where one applies, any
 * other name passes unchanged.
 */
public final class ProviderNames {

  private static final Map<String, String> WELL_KNOWN =
      Map.ofEntries(
          Map.entry("google", "gcp.gen_ai"),
          Map.entry("google_genai", "gcp.gen_ai"),
          Map.entry("gemini", "gcp.gemini"),
          Map.entry("vertex_ai", "gcp.vertex_ai"),
          Map.entry("vertexai", "gcp.vertex_ai"),
          Map.entry("google-vertex", "gcp.vertex_ai"),
          Map.entry("bedrock", "aws.bedrock"),
          Map.entry("aws_bedrock", "aws.bedrock"),
          Map.entry("amazon-bedrock", "aws.bedrock"),
          Map.entry("amazon_bedrock", "aws.bedrock"),
          Map.entry("azure", "azure.ai.openai"),
          Map.entry("azure_openai", "azure.ai.openai"),
          Map.entry("azure-openai", "azure.ai.openai"),
          Map.entry("az.ai.openai", "azure.ai.openai"),
          Map.entry("az.ai.inference", "azure.ai.inference"),
          Map.entry("mistral", "mistral_ai"),
          Map.entry("mistralai", "mistral_ai"),
          Map.entry("xai", "x_ai"),
          Map.entry("x-ai", "x_ai"),
          Map.entry("watsonx", "ibm.watsonx.ai"),
          Map.entry("moonshot", "moonshot_ai"),
          Map.entry("moonshotai", "moonshot_ai"));

  /** What in the name of a call tells its provider, the longer before the shorter. */
  private static final List<Map.Entry<String, String>> IN_NAMES =
      List.of(
          Map.entry("azure_ai_inference", "azure.ai.inference"),
          Map.entry("azure ai inference", "azure.ai.inference"),
          Map.entry("azure_openai", "azure.ai.openai"),
          Map.entry("azure openai", "azure.ai.openai"),
          Map.entry("anthropic", "anthropic"),
          Map.entry("claude", "anthropic"),
          Map.entry("bedrock", "aws.bedrock"),
          Map.entry("cohere", "cohere"),
          Map.entry("deepseek", "deepseek"),
          Map.entry("gemini", "gcp.gemini"),
          Map.entry("vertex", "gcp.vertex_ai"),
          Map.entry("groq", "groq"),
          Map.entry("mistral", "mistral_ai"),
          Map.entry("openai", "openai"),
          Map.entry("gpt", "openai"),
          Map.entry("perplexity", "perplexity"));

  private static final Map<BodyShape, String> APIS =
      Map.of(
          BodyShape.OPENAI_CHAT, "openai",
          BodyShape.OPENAI_RESPONSES, "openai",
          BodyShape.ANTHROPIC_MESSAGES, "anthropic",
          BodyShape.GEMINI, "gcp.gemini");

  private static final Map<String, String> BEFORE_1_37 = Map.of("x_ai", "xai");

  private static final Map<String, String> OPERATIONS =
      Map.of("completion", "text_completion", "chat_completion", "chat", "embedding", "embeddings");

  private ProviderNames() {}

  /** Who served a call: as the facts say, else after the scope, which is named after it. */
  public static String of(LlmProfile llm, EventHeader header) {
    String provider = llm.provider();
    return wellKnown(provider == null || provider.isBlank() ? header.name() : provider);
  }

  /**
   * Who served a call: as the facts say, else as its start states, else as its name tells, else
   * whose API its request is written for, else, for our own events, its name, which the conventions
   * take as a provider of its own; null when nothing tells.
   */
  static @Nullable String told(CallFacts call, @Nullable String stated) {
    String known = call.typed() == null ? null : call.typed().provider();
    if (call.own() && known != null && !known.isBlank()) {
      return wellKnown(known);
    }
    if (stated != null) {
      return call.own() ? wellKnown(stated) : stated;
    }
    String named = inName(call.name());
    if (named != null) {
      return named;
    }
    if (call.request() != null && call.isWrapped()) {
      return APIS.get(call.request().shape());
    }
    if (known != null) {
      return known;
    }
    return call.own() && call.typed() != null ? wellKnown(call.name()) : null;
  }

  /** Who serves a scope that is no call of a chat: as the facts say, else its start, its name. */
  static @Nullable String serving(ScopeEnd scope, @Nullable String stated) {
    if (stated != null) {
      return RecordMembers.isForeign(scope) ? stated : wellKnown(stated);
    }
    String known = scope.profile() instanceof LlmProfile llm ? llm.provider() : null;
    return known == null || known.isBlank() ? inName(scope.header().name()) : wellKnown(known);
  }

  private static @Nullable String inName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> known : IN_NAMES) {
      if (lower.contains(known.getKey())) {
        return known.getValue();
      }
    }
    return null;
  }

  /** The name of a provider in the conventions. */
  public static String wellKnown(String provider) {
    String key = provider.strip().toLowerCase(Locale.ROOT);
    return WELL_KNOWN.getOrDefault(key, key);
  }

  /** The value for a profile's provider attribute. */
  public static String value(GenAiProfile profile, String wellKnown) {
    return profile.providerKey().equals("gen_ai.system") ? legacy(wellKnown) : wellKnown;
  }

  static String legacy(String wellKnown) {
    return BEFORE_1_37.getOrDefault(wellKnown, wellKnown);
  }

  /** The operation of a call, as the conventions name it; of others' events its name tells. */
  static String operation(CallFacts call) {
    LlmProfile typed = call.typed();
    if (call.own() && typed != null) {
      return operation(typed);
    }
    String name = call.name().toLowerCase(Locale.ROOT);
    if (name.contains("generate_content") || name.contains("generatecontent")) {
      return "generate_content";
    }
    return name.contains("completion") && !name.contains("chat") ? "text_completion" : "chat";
  }

  /** The operation of a call, as the conventions name it. */
  public static String operation(LlmProfile llm) {
    return OPERATIONS.getOrDefault(llm.operation(), llm.operation());
  }
}
