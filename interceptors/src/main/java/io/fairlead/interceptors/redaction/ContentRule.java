package io.fairlead.interceptors.redaction;

import org.jspecify.annotations.Nullable;

/**
 * What happens to content. Values are those of {@link io.fairlead.atof.json.JsonTree}; a null
 * result means that nothing is left.
 */
interface ContentRule {

  /** Where a payload comes from. */
  enum Place {
    LLM,
    TOOL,
    /** A scope of any other category. */
    SCOPE,
    MARK,
    /** A mark of category custom, whose payload has a meaning of its producer's own. */
    CUSTOM_MARK
  }

  /** A payload. */
  @Nullable Object data(@Nullable Object value, Place place);

  /** Metadata of an event. */
  @Nullable Object metadata(@Nullable Object value, Place place);

  /** A short text about an event, such as the description of a failure. */
  @Nullable String text(String value);
}
