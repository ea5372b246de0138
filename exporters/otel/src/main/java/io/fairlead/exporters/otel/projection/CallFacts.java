package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.atof.bodies.Annotation;
import io.fairlead.atof.bodies.Bodies;
import io.fairlead.atof.bodies.Figures;
import io.fairlead.atof.bodies.ModelRequest;
import io.fairlead.atof.bodies.ModelResponse;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.TokenUsage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a model call: its typed facts, and where they are silent what its captured
 * bodies say.
 *
 * @param typed typed facts, or null
 * @param input payload of the start, parsed, or null
 * @param output payload of the end, parsed, or null
 * @param request the request's body, or null
 * @param response what the answer says, or null
 * @param figures tokens and cost as the answer says them
 * @param name the scope's name
 * @param metadataProvider the provider its metadata names, or null
 * @param own whether it comes from an adapter or program of our own
 */
record CallFacts(
    @Nullable LlmProfile typed,
    @Nullable Object input,
    @Nullable Object output,
    @Nullable ModelRequest request,
    @Nullable ModelResponse response,
    Figures figures,
    String name,
    @Nullable String metadataProvider,
    boolean own) {

  /** The facts of a scope; null when it is no model call. */
  static @Nullable CallFacts of(ScopeEnd end) {
    if (end.category() != ScopeCategory.LLM) {
      return null;
    }
    Object input = tree(end.start().header().data());
    Object output = tree(end.header().data());
    String name = end.header().name();
    Annotation noted = Annotation.of(RecordMembers.categoryProfile(end));
    return new CallFacts(
        end.profile() instanceof LlmProfile llm ? llm : null,
        input,
        output,
        Bodies.request(input),
        noted == null ? Bodies.response(output) : noted.response(),
        noted == null ? Figures.of(output, name) : noted.figures(output, name),
        name,
        JsonTree.text(JsonTree.object(end.header().metadata()), "provider"),
        !RecordMembers.isForeign(end));
  }

  private static @Nullable Object tree(@Nullable Json json) {
    return json == null ? null : JsonTree.sorted(json);
  }

  /** The model that answered, else the one asked for, or null. */
  @Nullable String model() {
    String answered = answeredModel();
    if (answered == null) {
      answered = named(output);
    }
    return answered == null ? askedModel() : answered;
  }

  /** The model that answered, or null. */
  @Nullable String answeredModel() {
    String known = typed == null ? null : typed.responseModel();
    String told = response == null ? null : response.model();
    return preferred(known, told);
  }

  /** The provider's id of the answer, or null. */
  @Nullable String responseId() {
    String known = typed == null ? null : typed.responseId();
    String told = response == null ? null : response.id();
    return preferred(known, told);
  }

  /** Why the answer ended, as far as it is known. */
  List<String> finishReasons() {
    List<String> known = typed == null ? List.of() : typed.finishReasons();
    List<String> told = response == null ? List.of() : response.finishReasons();
    return known.isEmpty() || (!own && response != null) ? told : known;
  }

  /** The model asked for, or null. */
  @Nullable String askedModel() {
    String asked = typed == null ? null : typed.requestModel();
    if (asked == null && request != null) {
      asked = request.model();
    }
    return asked == null ? named(input) : asked;
  }

  /** The model the request names, else the one known to be asked for, or null. */
  @Nullable String requestedModel() {
    String known = typed == null ? null : typed.requestModel();
    String told = request == null ? null : request.model();
    return preferred(known, told);
  }

  /** Of our own events the typed fact counts, of others what their bodies say. */
  private @Nullable String preferred(@Nullable String known, @Nullable String told) {
    return known == null || (!own && told != null) ? told : known;
  }

  /** Who served it, unless that is nothing but what its metadata says and shows anyway. */
  @Nullable String provider() {
    return typed == null || typed.provider() == null || typed.provider().equals(metadataProvider)
        ? null
        : typed.provider();
  }

  /**
   * Tokens: of our own events as the typed facts say, of others as their bodies do, which may say
   * less than the facts that were worked out from them.
   */
  ModelUsage usage() {
    ModelUsage told = ModelUsage.of(figures);
    TokenUsage known = typed == null ? null : typed.usage();
    return known != null && (own || told.equals(ModelUsage.NONE)) ? ModelUsage.of(known) : told;
  }

  /** The answer that a request goes on from, or null. */
  @Nullable String previousResponse() {
    return JsonTree.text(Bodies.requestBody(input), "previous_response_id");
  }

  /** Whether the request's body stands beside its headers, as Relay writes it. */
  boolean isWrapped() {
    return Bodies.requestBody(input) != input && JsonTree.at(input, "headers") instanceof Map;
  }

  /** The answer as one text and calls of tools, or null when there is no body of it. */
  @Nullable SpokenAnswer spoken() {
    return response == null ? null : SpokenAnswer.of(response);
  }

  /** What it cost, or null. */
  @Nullable Cost cost() {
    if (typed != null && typed.cost() != null) {
      return typed.cost();
    }
    return figures.cost();
  }

  private static @Nullable String named(@Nullable Object payload) {
    return payload instanceof Map<?, ?> members && members.get("model") instanceof String model
        ? model
        : null;
  }
}
