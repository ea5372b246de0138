package io.fairlead.core.pricing;

import java.util.List;
import java.util.Map;

/** Who makes a family of models and sells it under a name of its own. */
final class ModelMakers {

  private static final String NOBODY = "";

  /** Beginnings of names; none of them begins another. */
  private static final List<Map.Entry<String, String>> MAKERS =
      List.of(
          Map.entry("gpt-", "openai"),
          Map.entry("chatgpt-", "openai"),
          Map.entry("o1", "openai"),
          Map.entry("o3", "openai"),
          Map.entry("o4-", "openai"),
          Map.entry("text-embedding-3", "openai"),
          Map.entry("claude-", "anthropic"),
          Map.entry("gemini-", "gemini"),
          Map.entry("grok-", "xai"),
          Map.entry("deepseek-", "deepseek"),
          Map.entry("mistral-", "mistral"),
          Map.entry("ministral-", "mistral"),
          Map.entry("magistral-", "mistral"),
          Map.entry("codestral-", "mistral"),
          Map.entry("devstral-", "mistral"),
          Map.entry("pixtral-", "mistral"),
          Map.entry("command-", "cohere"),
          Map.entry("sonar", "perplexity"),
          Map.entry("kimi-", "moonshot"),
          Map.entry("glm-", "zai"),
          Map.entry("minimax-", "minimax"));

  private ModelMakers() {}

  /** The provider that made a model, by its normalized name; empty when nobody is known to. */
  static String of(String model) {
    for (Map.Entry<String, String> maker : MAKERS) {
      if (model.startsWith(maker.getKey())) {
        return maker.getValue();
      }
    }
    return NOBODY;
  }
}
