package io.fairlead.core.instrumentation;

import io.fairlead.spi.event.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes payloads and metadata of what a program hands over, within bounds and without throwing. */
final class Content {

  /** Metadata must stay an object; each of its values is within the bound. */
  private static final ContentJson WHOLE = new ContentJson(Integer.MAX_VALUE - 1);

  private final ContentJson json;
  private final boolean captured;
  private final Misuse misuse;

  /**
   * Content rules.
   *
   * @param captured whether payloads are kept at all; metadata always are
   * @param bound most characters of one payload
   */
  Content(boolean captured, int bound, Misuse misuse) {
    this.captured = captured;
    this.json = new ContentJson(bound);
    this.misuse = misuse;
  }

  /** A payload, or null when payloads are not captured or this one cannot be written. */
  @Nullable Json payload(String scope, @Nullable Object value) {
    return captured && value != null ? write(scope, value) : null;
  }

  /** Metadata as an object, or null when there are none. */
  @Nullable Json metadata(Map<String, Json> values) {
    return values.isEmpty() ? null : WHOLE.write(values).json();
  }

  /** One value of the metadata, or null when it cannot be written. */
  @Nullable Json value(String scope, @Nullable Object value) {
    return write(scope, value);
  }

  private @Nullable Json write(String scope, @Nullable Object value) {
    try {
      ContentJson.Written written = json.write(value);
      if (written.cut()) {
        misuse.contentCut(scope);
      }
      return written.json();
    } catch (RuntimeException | StackOverflowError e) { // the program's own toString or iterator
      misuse.contentUnreadable(scope);
      return null;
    }
  }
}
