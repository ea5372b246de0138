package io.fairlead.journal;

import io.fairlead.spi.event.Event;

/** How events are stored. What is decoded equals what was encoded. */
interface EventBytes {

  byte[] encode(Event event);

  /** The event of some bytes; throws anything when they hold none. */
  Event decode(byte[] bytes);
}
