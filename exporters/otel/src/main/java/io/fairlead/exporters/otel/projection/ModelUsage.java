package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.bodies.Figures;
import io.fairlead.spi.event.TokenUsage;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one model call as spans show them. A count that is not known is {@link
 * TokenUsage#UNKNOWN}.
 *
 * @param prompt the whole prompt, what came from and went to a cache included
 * @param completion the whole answer
 * @param total both, as the provider or the runtime says
 * @param cacheRead part of the prompt
 * @param cacheWrite part of the prompt
 * @param reasoning part of the answer
 */
record ModelUsage(
    long prompt, long completion, long total, long cacheRead, long cacheWrite, long reasoning) {

  /** Nothing is known. */
  static final ModelUsage NONE = of(Figures.NONE);

  static ModelUsage of(TokenUsage usage) {
    boolean whole = usage.totalInput() >= 0 && usage.totalOutput() >= 0;
    return new ModelUsage(
        usage.totalInput(),
        usage.totalOutput(),
        whole ? usage.totalInput() + usage.totalOutput() : -1,
        usage.cacheRead(),
        usage.cacheWrite(),
        usage.reasoning());
  }

  /** What an answer shows. */
  static ModelUsage of(Figures figures) {
    return new ModelUsage(
        count(figures.prompt()),
        count(figures.completion()),
        count(figures.total()),
        count(figures.cacheRead()),
        count(figures.cacheWrite()),
        count(figures.reasoning()));
  }

  private static long count(@Nullable Long count) {
    return count == null ? TokenUsage.UNKNOWN : count;
  }
}
