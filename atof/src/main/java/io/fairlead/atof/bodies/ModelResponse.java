package io.fairlead.atof.bodies;

import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.TokenUsage;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a model answered.
 *
 * @param shape the API it was written for
 * @param provider who answered, where the body itself says so, or null
 * @param model the model that answered, or null
 * @param id the provider's id of the answer, or null
 * @param choices its answers; empty when it holds none
 * @param usage tokens, or null when it says nothing about them
 * @param cost what the body says it cost, or null
 */
public record ModelResponse(
    BodyShape shape,
    @Nullable String provider,
    @Nullable String model,
    @Nullable String id,
    List<Message> choices,
    @Nullable TokenUsage usage,
    @Nullable Cost cost) {

  public ModelResponse {
    choices = List.copyOf(choices);
  }

  /** Why its choices ended, as far as it says so. */
  public List<String> finishReasons() {
    return choices.stream().map(Message::finishReason).filter(Objects::nonNull).toList();
  }
}
