package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.bodies.ModelRequest;
import io.fairlead.atof.bodies.ModelResponse;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.ScopeEnd;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of a model call under the conventions. */
final class GenAiCalls {

  private static final String CACHE_CREATION = "gen_ai.usage.cache_creation.input_tokens";

  private final Set<String> compat;
  private final GenAiProfile profile;
  private final boolean content;

  GenAiCalls(ProjectionOptions options) {
    this.compat = options.compat();
    this.profile = options.profile();
    this.content = options.shape().content();
  }

  /** Adds what is known of a call and gives the name of its span. */
  String put(AttributeSheet sheet, ScopeEnd end, CallFacts call, GenAiFacts stated) {
    String operation = ProviderNames.operation(call);
    sheet.text(GenAiFacts.OPERATION, operation);
    stated.conversation(sheet, end);
    provider(sheet, ProviderNames.told(call, stated.provider()));
    ModelRequest request = call.request();
    if (request != null) {
      GenAiBodies.parameters(sheet, request);
      sheet.text("gen_ai.request.previous_response.id", call.previousResponse());
    }
    String asked = call.requestedModel();
    if (asked == null) {
      asked = stated.start().text(GenAiFacts.MODEL);
    }
    sheet.text("gen_ai.request.model", asked);
    answer(sheet, call);
    langfuse(sheet, call.cost());
    if (content) {
      content(sheet, end, call);
    }
    return GenAiFacts.spanName(operation, asked);
  }

  /** Who serves a call, under the name the profile has for it. */
  void provider(AttributeSheet sheet, @Nullable String provider) {
    if (provider == null) {
      return;
    }
    sheet.text(profile.providerKey(), ProviderNames.value(profile, provider));
    if (compat.contains("gen_ai.system")) {
      sheet.text("gen_ai.system", ProviderNames.legacy(provider));
    }
  }

  /** Adds the typed facts of a call of any kind that nothing has shown yet. */
  void known(AttributeSheet sheet, ScopeEnd end) {
    if (!(end.profile() instanceof LlmProfile known)) {
      return;
    }
    if (Boolean.TRUE.equals(known.streaming())) {
      sheet.flag("gen_ai.request.stream", true);
    }
    if (known.timeToFirstChunkNanos() >= 0) {
      sheet.number("gen_ai.response.time_to_first_chunk", known.timeToFirstChunkNanos() / 1e9);
    }
    if (known.serverAddress() != null && !sheet.has("server.address")) {
      sheet.text("server.address", known.serverAddress());
      if (known.serverPort() > 0) {
        sheet.integer("server.port", known.serverPort());
      }
    }
    if (!sheet.has("gen_ai.response.model")) {
      sheet.text("gen_ai.response.model", known.responseModel());
    }
    if (known.usage() != null && !sheet.has("gen_ai.usage.input_tokens")) {
      sheet.count("gen_ai.usage.input_tokens", known.usage().totalInput());
    }
  }

  private void answer(AttributeSheet sheet, CallFacts call) {
    sheet.text("gen_ai.response.model", call.answeredModel());
    sheet.text("gen_ai.response.id", call.responseId());
    sheet.texts("gen_ai.response.finish_reasons", call.finishReasons());
    LlmProfile typed = call.typed();
    if (call.response() != null || (typed != null && typed.usage() != null)) {
      tokens(sheet, call.usage());
    }
  }

  private static void content(AttributeSheet sheet, ScopeEnd end, CallFacts call) {
    if (call.own()) {
      GenAiContent.messages(sheet, end);
    }
    ModelRequest request = call.request();
    if (request != null) {
      GenAiBodies.input(sheet, request);
    }
    ModelResponse response = call.response();
    if (response != null) {
      GenAiBodies.output(sheet, response);
    }
  }

  private void tokens(AttributeSheet sheet, ModelUsage usage) {
    sheet.count("gen_ai.usage.input_tokens", usage.prompt());
    sheet.count("gen_ai.usage.output_tokens", usage.completion());
    sheet.count("gen_ai.usage.cache_read.input_tokens", usage.cacheRead());
    sheet.count("gen_ai.usage.reasoning.output_tokens", usage.reasoning());
    if (profile.cacheWriteKey() != null) {
      sheet.count(profile.cacheWriteKey(), usage.cacheWrite());
    }
    if (compat.contains(CACHE_CREATION)) {
      sheet.count(CACHE_CREATION, usage.cacheWrite());
    }
    compatCount(sheet, "gen_ai.usage.prompt_tokens", usage.prompt());
    compatCount(sheet, "gen_ai.usage.completion_tokens", usage.completion());
  }

  private void compatCount(AttributeSheet sheet, String name, long value) {
    if (compat.contains(name)) {
      sheet.count(name, value);
    }
  }

  private void langfuse(AttributeSheet sheet, @Nullable Cost cost) {
    if (cost != null && cost.currency().equals("USD") && compat.contains("langfuse")) {
      sheet.number("gen_ai.usage.cost", cost.amount().doubleValue());
    }
  }
}
