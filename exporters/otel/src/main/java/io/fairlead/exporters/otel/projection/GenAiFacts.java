package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the two ends of a scope state, as attributes of the conventions: the table of the names
 * under which NeMo Relay looks for them.
 */
final class GenAiFacts {

  static final String OPERATION = "gen_ai.operation.name";

  private static final List<String> CONVERSATION =
      List.of("gen_ai.conversation.id", "conversation_id", "session_id", "thread_id");
  static final List<String> AGENT = List.of("gen_ai.agent.name");
  static final List<String> TOOL = List.of("gen_ai.tool.name");
  static final List<String> MODEL = List.of("gen_ai.request.model", "model", "model_name");
  static final List<String> SOURCE =
      List.of("gen_ai.data_source.id", "data_source_id", "index_name", "collection_name");
  private static final List<String> PROVIDER =
      List.of("gen_ai.provider.name", "provider_name", "provider");

  /** Which of the two events is asked, and how. */
  private enum Place {
    START_TEXT,
    START_WORD,
    START_INTEGER,
    START_COUNT,
    START_TEXTS,
    END_TEXT,
    END_INTEGER,
    STATED
  }

  private record Fact(String attribute, Place place, List<String> names) {

    static Fact of(Place place, String attribute, String... shorter) {
      List<String> names = new ArrayList<>();
      names.add(attribute);
      names.addAll(List.of(shorter));
      return new Fact(attribute, place, List.copyOf(names));
    }
  }

  private static final Fact ADDRESS = Fact.of(Place.START_TEXT, "server.address", "server_address");
  private static final Fact PORT = Fact.of(Place.START_INTEGER, "server.port", "server_port");
  private static final Fact ASKED_MODEL = new Fact("gen_ai.request.model", Place.START_TEXT, MODEL);

  private static final Map<ScopeCategory, List<Fact>> FACTS =
      Map.of(
          ScopeCategory.AGENT,
          List.of(
              Fact.of(Place.START_TEXT, "gen_ai.agent.description", "agent_description"),
              Fact.of(Place.START_WORD, "gen_ai.request.model"),
              new Fact("gen_ai.request.model", Place.STATED, MODEL)),
          ScopeCategory.LLM,
          List.of(ADDRESS, PORT),
          ScopeCategory.TOOL,
          List.of(
              Fact.of(Place.STATED, "gen_ai.agent.name", "agent_name"),
              Fact.of(Place.STATED, "gen_ai.tool.type", "tool_type"),
              Fact.of(Place.STATED, "gen_ai.tool.call.id", "tool_call_id"),
              Fact.of(Place.STATED, "gen_ai.tool.description", "tool_description", "description")),
          ScopeCategory.RETRIEVER,
          List.of(
              ADDRESS,
              PORT,
              new Fact("gen_ai.data_source.id", Place.START_TEXT, SOURCE),
              ASKED_MODEL,
              Fact.of(Place.START_INTEGER, "gen_ai.retrieval.top_k", "top_k")),
          ScopeCategory.EMBEDDER,
          List.of(
              ADDRESS,
              PORT,
              ASKED_MODEL,
              Fact.of(Place.START_COUNT, "gen_ai.embeddings.dimension.count", "dimensions"),
              Fact.of(
                  Place.START_TEXTS,
                  "gen_ai.request.encoding_formats",
                  "encoding_formats",
                  "encoding_format"),
              Fact.of(Place.END_TEXT, "gen_ai.response.model", "response_model", "model"),
              Fact.of(
                  Place.END_INTEGER,
                  "gen_ai.usage.input_tokens",
                  "input_tokens",
                  "prompt_tokens")));

  private final ScopeCategory category;
  private final NamedFacts start;
  private final NamedFacts end;

  /**
   * @param content whether payloads may be looked at
   */
  GenAiFacts(ScopeEnd scope, boolean content) {
    this.category = scope.category();
    this.start = NamedFacts.of(scope.start(), content);
    this.end = NamedFacts.of(scope, content);
  }

  /** What the start states, in any of the ways it may. */
  NamedFacts start() {
    return start;
  }

  /** Who serves the scope, as its start states it, or null. */
  @Nullable String provider() {
    return start.text(PROVIDER);
  }

  /**
   * The conversation a scope is part of: the session of an event of our own, else what the scope
   * states, else the session it is known to be in.
   */
  void conversation(AttributeSheet sheet, ScopeEnd scope) {
    String session = scope.header().origin().sessionId();
    String stated = start.text(CONVERSATION);
    boolean known = session != null && !RecordMembers.isForeign(scope);
    sheet.sessionId("gen_ai.conversation.id", known || stated == null ? session : stated);
  }

  /** The name of a span: what is done, and with what. */
  static String spanName(String operation, @Nullable String target) {
    return target == null || target.isEmpty() ? operation : operation + " " + target;
  }

  /** Adds what is stated and not yet shown. */
  void put(AttributeSheet sheet) {
    for (Fact fact : FACTS.getOrDefault(category, List.of())) {
      Object value = sheet.has(fact.attribute()) ? null : value(fact);
      if (value != null) {
        sheet.put(fact.attribute(), value);
      }
    }
  }

  private @Nullable Object value(Fact fact) {
    List<String> names = fact.names();
    return switch (fact.place()) {
      case START_TEXT -> start.text(names);
      case START_WORD -> start.word(names);
      case START_INTEGER -> start.integer(names);
      case START_COUNT -> count(start.integer(names));
      case START_TEXTS -> start.texts(names);
      case END_TEXT -> end.text(names);
      case END_INTEGER -> end.integer(names);
      case STATED -> {
        String first = start.stated(names);
        yield first == null ? end.stated(names) : first;
      }
    };
  }

  private static @Nullable Long count(@Nullable Long number) {
    return number == null || number < 0 ? null : number;
  }
}
