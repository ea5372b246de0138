package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeStart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the category profile and the metadata of a scope's start state under names of the
 * conventions, or under the short ones NeMo Relay knows for them. The payload is not looked at: the
 * arguments of a tool are no facts about it.
 */
final class NamedFacts {

  /** An attribute and the names it is stated under, the first that is found counts. */
  private record Fact(String attribute, List<String> names) {

    static Fact of(String attribute, String... names) {
      List<String> all = new ArrayList<>();
      all.add(attribute);
      all.addAll(List.of(names));
      return new Fact(attribute, all);
    }
  }

  private static final List<String> NESTED = List.of("usage", "request", "response");

  private static final Fact MODEL = Fact.of("gen_ai.request.model", "model", "model_name");

  private static final Map<ScopeCategory, List<Fact>> FACTS =
      Map.of(
          ScopeCategory.AGENT,
          List.of(Fact.of("gen_ai.agent.description", "agent_description"), MODEL),
          ScopeCategory.TOOL,
          List.of(
              Fact.of("gen_ai.tool.type", "tool_type"),
              Fact.of("gen_ai.tool.call.id", "tool_call_id"),
              Fact.of("gen_ai.tool.description", "tool_description", "description")),
          ScopeCategory.RETRIEVER,
          List.of(
              Fact.of("gen_ai.data_source.id", "data_source_id", "index_name", "collection_name"),
              MODEL),
          ScopeCategory.EMBEDDER,
          List.of(MODEL));

  private NamedFacts() {}

  /** Adds what is stated and not yet shown. */
  static void put(AttributeSheet sheet, ScopeStart start) {
    List<Fact> facts = FACTS.getOrDefault(start.category(), List.of());
    if (facts.isEmpty()) {
      return;
    }
    Map<String, @Nullable Object> profile = JsonTree.object(RecordMembers.categoryProfile(start));
    Map<String, @Nullable Object> metadata = JsonTree.object(start.header().metadata());
    for (Fact fact : facts) {
      if (!sheet.has(fact.attribute())) {
        String stated = first(profile, fact.names());
        sheet.text(fact.attribute(), stated == null ? first(metadata, fact.names()) : stated);
      }
    }
  }

  private static @Nullable String first(Map<String, @Nullable Object> members, List<String> names) {
    for (String name : names) {
      String text = scalar(members.containsKey(name) ? members.get(name) : nested(members, name));
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  private static @Nullable Object nested(Map<String, @Nullable Object> members, String name) {
    for (String container : NESTED) {
      if (members.get(container) instanceof Map<?, ?> inner && inner.containsKey(name)) {
        return inner.get(name);
      }
    }
    return null;
  }

  private static @Nullable String scalar(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof NumberText number) {
      return number.text();
    }
    return value instanceof Boolean flag ? flag.toString() : null;
  }
}
