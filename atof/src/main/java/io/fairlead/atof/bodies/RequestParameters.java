package io.fairlead.atof.bodies;

import io.fairlead.atof.json.NumberText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a request wants to be answered. What it does not say is null, or empty.
 *
 * @param stopSequences texts that end the answer
 * @param choices how many answers are asked for
 * @param reasoningLevel how much the model is to think, in the provider's word
 * @param outputType {@code json} when the answer must be JSON
 * @param stream whether the answer is to come in chunks
 */
public record RequestParameters(
    @Nullable NumberText temperature,
    @Nullable Long maxTokens,
    @Nullable NumberText topP,
    @Nullable NumberText topK,
    List<String> stopSequences,
    @Nullable Long seed,
    @Nullable NumberText frequencyPenalty,
    @Nullable NumberText presencePenalty,
    @Nullable Long choices,
    @Nullable String reasoningLevel,
    @Nullable String outputType,
    @Nullable Boolean stream) {

  public RequestParameters {
    stopSequences = List.copyOf(stopSequences);
  }
}
