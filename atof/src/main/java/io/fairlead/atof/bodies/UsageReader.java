package io.fairlead.atof.bodies;

import static io.fairlead.atof.bodies.Fields.count;
import static io.fairlead.atof.bodies.Fields.object;
import static io.fairlead.spi.event.TokenUsage.UNKNOWN;

import io.fairlead.spi.event.TokenUsage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads how many tokens an answer took. Each API counts in its own way. */
final class UsageReader {

  private static final Map<BodyShape, Function<Map<?, ?>, Counts>> READERS =
      new EnumMap<>(
          Map.of(
              BodyShape.OPENAI_CHAT, UsageReader::chat,
              BodyShape.OPENAI_RESPONSES, UsageReader::responses,
              BodyShape.OPENAI_EMBEDDINGS, UsageReader::chat,
              BodyShape.ANTHROPIC_MESSAGES, UsageReader::anthropic,
              BodyShape.GEMINI, UsageReader::gemini,
              BodyShape.HERMES_ANSWER, UsageReader::hermes,
              BodyShape.OPENCLAW_MESSAGE, UsageReader::openClaw));

  private UsageReader() {}

  static @Nullable TokenUsage read(BodyShape shape, Map<?, ?> body) {
    Map<?, ?> usage = object(body, shape == BodyShape.GEMINI ? "usageMetadata" : "usage");
    Function<Map<?, ?>, Counts> reader = READERS.get(shape);
    return usage.isEmpty() || reader == null ? null : reader.apply(usage).toUsage();
  }

  /** Prompt and answer are totals; the details are parts of them. */
  private static Counts chat(Map<?, ?> usage) {
    Counts counts = totals(usage, "prompt_tokens", "completion_tokens");
    if (counts.cacheRead == UNKNOWN) {
      counts.cacheRead = count(usage, "prompt_cache_hit_tokens");
    }
    return counts;
  }

  private static Counts responses(Map<?, ?> usage) {
    return totals(usage, "input_tokens", "output_tokens");
  }

  private static Counts totals(Map<?, ?> usage, String prompt, String answer) {
    Counts counts = new Counts();
    counts.prompt = count(usage, prompt);
    Map<?, ?> in = object(usage, prompt + "_details");
    counts.cacheRead = count(in, "cached_tokens");
    counts.cacheWrite(count(in, "cache_write_tokens"));
    counts.inputAudio = count(in, "audio_tokens");
    counts.answer = count(usage, answer);
    Map<?, ?> out = object(usage, answer + "_details");
    counts.reasoning = count(out, "reasoning_tokens");
    counts.outputAudio = count(out, "audio_tokens");
    if (isThoughtApart(counts, count(usage, "total_tokens"))) {
      counts.answer += counts.reasoning;
    }
    return counts;
  }

  /** Some servers of this API (xAI's) count what was thought beside the answer: the sum tells. */
  private static boolean isThoughtApart(Counts counts, long total) {
    return counts.prompt != UNKNOWN
        && counts.answer != UNKNOWN
        && counts.reasoning > 0
        && total == counts.prompt + counts.answer + counts.reasoning;
  }

  /** Input is what no cache had to do with. */
  private static Counts anthropic(Map<?, ?> usage) {
    Counts counts = new Counts();
    counts.input = count(usage, "input_tokens");
    counts.cacheRead = count(usage, "cache_read_input_tokens");
    counts.inputAudio = 0;
    long written = count(usage, "cache_creation_input_tokens");
    Map<?, ?> lifetimes = object(usage, "cache_creation");
    long minutes = count(lifetimes, "ephemeral_5m_input_tokens");
    long hour = count(lifetimes, "ephemeral_1h_input_tokens");
    if (minutes >= 0 && hour >= 0 && (written == UNKNOWN || written == minutes + hour)) {
      counts.cacheWrite5m = minutes;
      counts.cacheWrite1h = hour;
    } else {
      counts.cacheWrite(written);
    }
    counts.answer = count(usage, "output_tokens");
    return counts;
  }

  /** The prompt includes what a cache served; the answer does not include what was thought. */
  private static Counts gemini(Map<?, ?> usage) {
    Counts counts = new Counts();
    long prompt = count(usage, "promptTokenCount");
    long tools = count(usage, "toolUsePromptTokenCount");
    counts.prompt = prompt == UNKNOWN ? UNKNOWN : prompt + Math.max(0, tools);
    counts.cacheRead = count(usage, "cachedContentTokenCount");
    long audio = audio(usage, "promptTokensDetails");
    if (audio >= 0) {
      counts.inputAudio = Math.max(0, audio - Math.max(0, audio(usage, "cacheTokensDetails")));
    }
    counts.output = count(usage, "candidatesTokenCount");
    counts.reasoning = count(usage, "thoughtsTokenCount");
    long spoken = audio(usage, "candidatesTokensDetails");
    if (spoken >= 0 && spoken <= counts.output) {
      counts.outputAudio = spoken;
      counts.output -= spoken;
    }
    return counts;
  }

  private static long audio(Map<?, ?> usage, String details) {
    long tokens = UNKNOWN;
    for (Map<?, ?> detail : Fields.objects(usage.get(details))) {
      if ("AUDIO".equals(detail.get("modality"))) {
        tokens = count(detail, "tokenCount");
      }
    }
    return tokens;
  }

  /** Input is what no cache had to do with; the whole prompt is there besides. */
  private static Counts hermes(Map<?, ?> usage) {
    Counts counts = new Counts();
    counts.prompt = count(usage, "prompt_tokens");
    counts.cacheRead = count(usage, List.of("cache_read_tokens", "cached_tokens"));
    counts.cacheWrite(count(usage, "cache_write_tokens"));
    counts.inputAudio = 0;
    counts.input = count(usage, "input_tokens");
    counts.answer = count(usage, List.of("output_tokens", "completion_tokens"));
    counts.reasoning = count(usage, "reasoning_tokens");
    counts.outputAudio = 0;
    return counts;
  }

  private static Counts openClaw(Map<?, ?> usage) {
    Counts counts = new Counts();
    counts.input = count(usage, "input");
    counts.cacheRead = count(usage, "cacheRead");
    counts.cacheWrite(count(usage, "cacheWrite"));
    counts.inputAudio = 0;
    counts.answer = count(usage, "output");
    counts.reasoning = count(usage, "reasoningTokens");
    counts.outputAudio = 0;
    return counts;
  }
}
