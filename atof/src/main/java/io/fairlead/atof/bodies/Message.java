package io.fairlead.atof.bodies;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message.
 *
 * @param role {@code system}, {@code developer}, {@code user}, {@code assistant}, {@code tool} or
 *     the provider's own word, such as {@code function} of results in OpenAI's former API
 * @param name who of that role, or null
 * @param parts what it holds, in order
 * @param finishReason why it ended, in the words of {@link
 *     io.fairlead.spi.event.LlmProfile#finishReasons()}; null when not known, and in requests
 */
public record Message(
    String role, @Nullable String name, List<Part> parts, @Nullable String finishReason) {

  public Message {
    parts = List.copyOf(parts);
  }

  /** A message of a request. */
  public Message(String role, @Nullable String name, List<Part> parts) {
    this(role, name, parts, null);
  }

  /** Whether it holds nothing but results of tools. */
  public boolean isToolResult() {
    return !parts.isEmpty() && parts.stream().allMatch(Part.ToolResult.class::isInstance);
  }
}
