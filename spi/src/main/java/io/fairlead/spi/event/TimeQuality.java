package io.fairlead.spi.event;

/** How well the times of a scope are known. */
public enum TimeQuality {
  /** The runtime recorded start and end, or one of them and the duration. */
  EXACT,
  /**
   * At least one end is known only from its neighbours. The span is marked {@code fairlead.time =
   * approximate} and enters no duration histogram.
   */
  APPROXIMATE
}
