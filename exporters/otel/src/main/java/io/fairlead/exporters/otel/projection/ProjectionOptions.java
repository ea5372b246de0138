package io.fairlead.exporters.otel.projection;

import io.fairlead.spi.diagnostic.DiagnosticSink;
import java.util.Map;
import java.util.Set;

/**
 * What a projection is made from.
 *
 * @param identity resource and scope of its spans
 * @param profile version of the GenAI conventions
 * @param compat older or foreign names written as well: see {@link GenAiProjection}
 * @param aliases attributes written a second time under another name (alias to name)
 * @param shape how much is shown, and as what
 * @param promoted prefixes of metadata that becomes attributes of spans
 * @param promotedToResource prefixes of a trace root's metadata that becomes attributes of the
 *     resource of the trace's spans
 * @param remarks takes what is wrong with single events
 */
public record ProjectionOptions(
    SpanIdentity identity,
    GenAiProfile profile,
    Set<String> compat,
    Map<String, String> aliases,
    Shape shape,
    Set<String> promoted,
    Set<String> promotedToResource,
    DiagnosticSink remarks) {

  public ProjectionOptions {
    compat = Set.copyOf(compat);
    aliases = Map.copyOf(aliases);
    promoted = Set.copyOf(promoted);
    promotedToResource = Set.copyOf(promotedToResource);
  }

  /** Options that promote and report nothing. */
  public ProjectionOptions(
      SpanIdentity identity,
      GenAiProfile profile,
      Set<String> compat,
      Map<String, String> aliases,
      Shape shape) {
    this(identity, profile, compat, aliases, shape, Set.of(), Set.of(), remark -> {});
  }
}
