package io.fairlead.atof.bodies;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Cost;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tokens and cost as an answer of any shape shows them, in the spellings there are: for answers
 * nobody has stated typed facts of. What it does not say is null.
 *
 * @param prompt the whole prompt, what came from and went to a cache included
 * @param completion the whole answer
 * @param total both, as the answer says
 * @param cacheRead part of the prompt
 * @param cacheWrite part of the prompt
 * @param reasoning part of the answer
 * @param cost what it says it cost
 * @param vagueCost whether that is the sum of parts of which only their names tell that they are
 *     money
 */
public record Figures(
    @Nullable Long prompt,
    @Nullable Long completion,
    @Nullable Long total,
    @Nullable Long cacheRead,
    @Nullable Long cacheWrite,
    @Nullable Long reasoning,
    @Nullable Cost cost,
    boolean vagueCost) {

  /** Nothing is known. */
  public static final Figures NONE = new Figures(null, null, null, null, null, null, null, false);

  private static final List<String> PROMPT =
      List.of("prompt_tokens", "input_tokens", "inputTokens", "input", "promptTokenCount");
  private static final List<String> COMPLETION =
      List.of("completion_tokens", "output_tokens", "completionTokens", "outputTokens", "output");

  /** How Gemini's names end, which no other API uses. */
  private static final String GEMINI = "TokenCount";

  /** Shapes whose totals count as they are; of others only those that fit their parts. */
  private static final Set<BodyShape> TRUSTED =
      EnumSet.of(BodyShape.OPENAI_CHAT, BodyShape.OPENAI_RESPONSES, BodyShape.GEMINI);

  /** Gemini's two parts of an answer. */
  private static final List<String> CANDIDATES = List.of("candidatesTokenCount");

  private static final List<String> THOUGHTS = List.of("thoughtsTokenCount");
  private static final List<String> TOTAL =
      List.of("total_tokens", "totalTokens", "total", "totalTokenCount");
  private static final List<String> CACHED = List.of("cached_tokens", "cachedTokens");
  private static final List<String> CACHE_READ =
      List.of(
          "cache_read_tokens",
          "cache_read_input_tokens",
          "cacheReadTokens",
          "cacheReadInputTokens",
          "cacheRead",
          "cachedContentTokenCount");
  private static final List<String> CACHE_WRITE =
      List.of(
          "cache_write_tokens",
          "cache_creation_input_tokens",
          "cacheWriteTokens",
          "cacheCreationInputTokens",
          "cacheWrite");
  private static final List<String> PROMPT_DETAILS =
      List.of("prompt_tokens_details", "input_tokens_details");
  private static final List<String> COMPLETION_DETAILS =
      List.of("output_tokens_details", "completion_tokens_details");

  /** Providers whose prompts do not include what a cache had to do with. */
  private static final List<String> CACHES_APART = List.of("anthropic", "claude");

  /**
   * The figures of an answer.
   *
   * @param answer a value of {@link JsonTree}
   * @param caller name of the call, which may be that of a provider
   */
  public static Figures of(@Nullable Object answer, String caller) {
    BodyShape shape = Bodies.responseShape(answer);
    return said(answer, shape).whole(countsCachesApart(shape, caller));
  }

  /**
   * The figures of an answer of which some are noted in NeMo Relay's own form.
   *
   * @param api whose API it was noted from, or null
   */
  static Figures noted(
      Map<?, ?> noted, @Nullable BodyShape api, @Nullable Object answer, String caller) {
    return said(noted, BodyShape.OPENAI_CHAT)
        .orElse(said(answer, Bodies.responseShape(answer)))
        .whole(countsCachesApart(api, caller));
  }

  private Figures orElse(Figures others) {
    return new Figures(
        either(prompt, others.prompt),
        either(completion, others.completion),
        either(total, others.total),
        either(cacheRead, others.cacheRead),
        either(cacheWrite, others.cacheWrite),
        either(reasoning, others.reasoning),
        either(cost, others.cost),
        cost == null ? others.vagueCost : vagueCost);
  }

  private static <T> @Nullable T either(@Nullable T first, @Nullable T second) {
    return first == null ? second : first;
  }

  /** What an answer says itself. */
  private static Figures said(@Nullable Object answer, @Nullable BodyShape shape) {
    List<Map<?, ?>> usages = usages(answer, shape);
    Long read = details(usages, PROMPT_DETAILS, "cached_tokens", first(usages, CACHED));
    if (read == null) {
      read = first(usages, CACHE_READ);
    }
    Long prompt = first(usages, PROMPT);
    Long completion = sum(first(usages, CANDIDATES), first(usages, THOUGHTS));
    if (completion == null) {
      completion = first(usages, COMPLETION);
    }
    Long total = first(usages, TOTAL);
    if (total != null
        && total < known(prompt) + known(completion)
        && (shape == null || !TRUSTED.contains(shape))) {
      total = null;
    }
    if (total == null && shape == BodyShape.GEMINI && prompt != null && completion != null) {
      total = prompt + completion;
    }
    Map<?, ?> priced = priced(shape, usages);
    Long reasoning = details(usages, COMPLETION_DETAILS, "reasoning_tokens", null);
    return new Figures(
        prompt,
        completion,
        total,
        read,
        first(usages, CACHE_WRITE),
        reasoning != null ? reasoning : first(usages, THOUGHTS),
        CostReader.read(shape, priced),
        shape == null && CostReader.isVague(priced));
  }

  /** These with the whole prompt, where what a cache had to do with is counted apart from it. */
  private Figures whole(boolean cachesApart) {
    if (prompt == null || !cachesApart) {
      return this;
    }
    Long whole = prompt + known(cacheRead) + known(cacheWrite);
    Long both = completion == null ? total : (Long) (whole + completion);
    return new Figures(whole, completion, both, cacheRead, cacheWrite, reasoning, cost, vagueCost);
  }

  /** Tokens read from or written to a cache. */
  public @Nullable Long cached() {
    return sum(cacheRead, cacheWrite);
  }

  /** The objects of an answer that say what it took, each with the names of its own API. */
  private static List<Map<?, ?>> usages(@Nullable Object answer, @Nullable BodyShape shape) {
    List<Map<?, ?>> usages = new ArrayList<>();
    for (String name : List.of("usageMetadata", "usage", "token_usage")) {
      boolean gemini = name.equals("usageMetadata");
      boolean counts = !gemini || shape == BodyShape.GEMINI;
      if (counts && JsonTree.at(answer, name) instanceof Map<?, ?> usage) {
        Map<Object, @Nullable Object> named = new HashMap<>(usage);
        named.keySet().removeIf(member -> member.toString().endsWith(GEMINI) != gemini);
        usages.add(named);
      }
    }
    return usages;
  }

  private static boolean countsCachesApart(@Nullable BodyShape shape, String caller) {
    String name = caller.toLowerCase(Locale.ROOT);
    return shape == BodyShape.ANTHROPIC_MESSAGES
        || CACHES_APART.stream().anyMatch(name::startsWith);
  }

  private static @Nullable Long details(
      List<Map<?, ?>> usages, List<String> objects, String name, @Nullable Long known) {
    Long count = known;
    for (String object : objects) {
      for (Map<?, ?> usage : usages) {
        count = count != null ? count : JsonTree.count(JsonTree.at(usage, object, name));
      }
    }
    return count;
  }

  private static @Nullable Long first(List<Map<?, ?>> usages, List<String> names) {
    for (Map<?, ?> usage : usages) {
      for (String name : names) {
        Long count = JsonTree.count(usage.get(name));
        if (count != null) {
          return count;
        }
      }
    }
    return null;
  }

  /** The first object that says what the answer cost; empty when none does. */
  private static Map<?, ?> priced(@Nullable BodyShape shape, List<Map<?, ?>> usages) {
    for (Map<?, ?> usage : usages) {
      if (CostReader.read(shape, usage) != null) {
        return usage;
      }
    }
    return Map.of();
  }

  private static @Nullable Long sum(@Nullable Long first, @Nullable Long second) {
    return first == null ? second : second == null ? first : (Long) (first + second);
  }

  private static long known(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
