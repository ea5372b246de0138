package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
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
 * @param response what the answer's body says, or null
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
    return new CallFacts(
        end.profile() instanceof LlmProfile llm ? llm : null,
        input,
        output,
        Bodies.request(input),
        Bodies.response(output),
        name,
        JsonTree.text(JsonTree.object(end.header().metadata()), "provider"),
        !RecordMembers.isForeign(end));
  }

  private static @Nullable Object tree(@Nullable Json json) {
    return json == null ? null : JsonTree.sorted(json);
  }

  /** The model that answered, else the one asked for, or null. */
  @Nullable String model() {
    String answered = typed == null ? null : typed.responseModel();
    if (answered == null) {
      answered = named(output);
    }
    return answered == null ? askedModel() : answered;
  }

  /** The model asked for, or null. */
  @Nullable String askedModel() {
    String asked = typed == null ? null : typed.requestModel();
    if (asked == null && request != null) {
      asked = request.model();
    }
    return asked == null ? named(input) : asked;
  }

  /** Who served it, unless that is nothing but what its metadata says and shows anyway. */
  @Nullable String provider() {
    return typed == null || typed.provider() == null || typed.provider().equals(metadataProvider)
        ? null
        : typed.provider();
  }

  /** Tokens; those of a body when no typed fact says them. */
  ModelUsage usage() {
    if (typed != null && typed.usage() != null) {
      return ModelUsage.of(typed.usage());
    }
    return ModelUsage.of(Figures.of(output, name));
  }

  /** The body of the request, or an empty one when none can be told. */
  Map<?, ?> requestBody() {
    return request == null ? Map.of() : Bodies.requestBody(input);
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
    return Figures.of(output, name).cost();
  }

  private static @Nullable String named(@Nullable Object payload) {
    return payload instanceof Map<?, ?> members && members.get("model") instanceof String model
        ? model
        : null;
  }
}
