package io.fairlead.exporters.otel.projection;

import java.util.Map;
import java.util.Set;

/**
 * What a projection is made from.
 *
 * @param identity resource and scope of its spans
 * @param profile version of the GenAI conventions
 * @param compat older or foreign names written as well: see {@link GenAiProjection}
 * @param aliases attributes written a second time under another name (name to alias)
 * @param shape how much is shown, and as what
 */
public record ProjectionOptions(
    SpanIdentity identity,
    GenAiProfile profile,
    Set<String> compat,
    Map<String, String> aliases,
    Shape shape) {

  public ProjectionOptions {
    compat = Set.copyOf(compat);
    aliases = Map.copyOf(aliases);
  }
}
