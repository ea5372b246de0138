package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.bodies.ModelRequest;
import io.fairlead.atof.bodies.ModelResponse;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ToolProfile;
import io.fairlead.spi.event.UsageReported;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The GenAI conventions: {@code invoke_agent}, {@code chat}, {@code execute_tool}.
 *
 * <p>Other scopes keep their name and carry no {@code gen_ai.*} attribute. Marks are not shown. A
 * sum of several calls becomes a span of no length with {@code fairlead.usage.*} attributes, so
 * that nothing that adds up {@code gen_ai.usage.*} counts it as a call.
 *
 * <p>{@code compat} adds, besides the profile's names: {@code gen_ai.system}, {@code
 * gen_ai.usage.cache_creation.input_tokens}, {@code gen_ai.usage.prompt_tokens}, {@code
 * gen_ai.usage.completion_tokens}, {@code langfuse} (cost as {@code gen_ai.usage.cost}), and {@code
 * mlflow} (what {@link MlflowColumns} lists).
 */
final class GenAiProjection extends Projection {

  private static final String CACHE_CREATION = "gen_ai.usage.cache_creation.input_tokens";

  private final ProjectionOptions options;
  private final GenAiProfile profile;
  private final Finishing finishing;

  GenAiProjection(ProjectionOptions options) {
    this.options = options;
    this.profile = options.profile();
    this.finishing = new Finishing(options);
  }

  @Override
  MarkForm form(Mark mark) {
    return MarkForm.HIDDEN;
  }

  @Override
  boolean needsRoots() {
    return finishing.needsRoots();
  }

  @Override
  SpanData mark(Mark mark, boolean orphan, @Nullable Json rootMetadata) {
    throw new IllegalStateException("the conventions have no marks");
  }

  @Override
  SpanData scope(FinishedScope scope) {
    ScopeEnd end = scope.end();
    AttributeSheet sheet = new AttributeSheet(this::mayWrite);
    EventHeader header = end.header();
    String name = header.name();
    SpanKind kind = SpanKind.INTERNAL;
    CallFacts facts = CallFacts.of(end);
    if (facts != null) {
      LlmProfile known = facts.typed();
      name = call(sheet, end, known == null ? LlmProfile.builder().build() : known, facts);
      kind = SpanKind.CLIENT;
    } else if (end.category() == ScopeCategory.EMBEDDER) {
      name = other(sheet, "embeddings", "gen_ai.request.model", "model", end);
      kind = SpanKind.CLIENT;
    } else if (end.category() == ScopeCategory.RETRIEVER) {
      name = other(sheet, "retrieval", "gen_ai.data_source.id", "data_source_id", end);
      kind = SpanKind.CLIENT;
    } else if (end.category() == ScopeCategory.AGENT) {
      name = agent(sheet, end);
    } else if (end.category() == ScopeCategory.TOOL) {
      name = tool(sheet, end);
    }
    NamedFacts.put(sheet, end.start());
    sheet.sessionId(SpanParts.SESSION_ID, header.origin().sessionId());
    sheet.text(SpanParts.ERROR_TYPE, scope.failure().errorType());
    if (options.compat().contains("mlflow")) {
      MlflowColumns.put(sheet, end, facts, options.shape().content());
    }
    FairleadAttributes.scope(sheet, end);
    return finishing.scope(
        scope, name, kind, sheet, SpanParts.exception(scope.failure(), finishing.time(header)));
  }

  private boolean mayWrite(String attribute) {
    return profile.allows(attribute)
        || options.compat().contains(attribute)
        || attribute.equals("gen_ai.usage.cost");
  }

  private String agent(AttributeSheet sheet, ScopeEnd end) {
    AgentProfile agent = end.profile() instanceof AgentProfile known ? known : null;
    String name = agent == null ? null : agent.agentName();
    String shown = name != null ? name : end.header().name();
    operation(sheet, end, "invoke_agent");
    sheet.text("gen_ai.agent.name", shown);
    if (agent != null && agent.usage() != null) {
      sheet.count("gen_ai.usage.input_tokens", agent.usage().totalInput());
      sheet.count("gen_ai.usage.output_tokens", agent.usage().totalOutput());
    }
    if (options.shape().content()) {
      GenAiContent.messages(sheet, end);
    }
    return spanName("invoke_agent", shown);
  }

  private String tool(AttributeSheet sheet, ScopeEnd end) {
    ToolProfile tool = end.profile() instanceof ToolProfile known ? known : null;
    String name = tool == null ? end.header().name() : tool.toolName();
    operation(sheet, end, "execute_tool");
    sheet.text("gen_ai.tool.name", name);
    sheet.text("gen_ai.tool.call.id", tool == null ? null : tool.callId());
    if (options.shape().content()) {
      GenAiContent.tool(sheet, end);
    }
    return spanName("execute_tool", name);
  }

  private static String other(
      AttributeSheet sheet, String operation, String name, String member, ScopeEnd end) {
    Map<String, @Nullable Object> known = new TreeMap<>();
    known.putAll(JsonTree.object(end.start().header().data()));
    known.putAll(JsonTree.object(end.start().header().metadata()));
    String target = JsonTree.text(known, known.containsKey(name) ? name : member);
    sheet.text("gen_ai.operation.name", operation);
    sheet.text(name, target);
    return spanName(operation, target);
  }

  private String call(AttributeSheet sheet, ScopeEnd end, LlmProfile llm, CallFacts facts) {
    String operation = ProviderNames.operation(llm);
    operation(sheet, end, operation);
    String provider = ProviderNames.told(facts);
    if (provider != null) {
      sheet.text(profile.providerKey(), ProviderNames.value(profile, provider));
    }
    if (provider != null && options.compat().contains("gen_ai.system")) {
      sheet.text("gen_ai.system", ProviderNames.legacy(provider));
    }
    ModelRequest request = facts.request();
    if (request != null) {
      GenAiBodies.parameters(sheet, request);
    }
    String asked = facts.askedModel();
    sheet.text("gen_ai.request.model", asked);
    answer(sheet, llm, facts);
    if (Boolean.TRUE.equals(llm.streaming())) {
      sheet.flag("gen_ai.request.stream", true);
    }
    if (llm.timeToFirstChunkNanos() >= 0) {
      sheet.number("gen_ai.response.time_to_first_chunk", llm.timeToFirstChunkNanos() / 1e9);
    }
    if (llm.serverAddress() != null && llm.serverPort() > 0) {
      sheet.text("server.address", llm.serverAddress());
      sheet.integer("server.port", llm.serverPort());
    }
    langfuse(sheet, facts.cost());
    if (options.shape().content()) {
      content(sheet, end, request, facts.response());
    }
    return spanName(operation, asked);
  }

  private void answer(AttributeSheet sheet, LlmProfile llm, CallFacts facts) {
    ModelResponse response = facts.response();
    sheet.text(
        "gen_ai.response.model",
        llm.responseModel() == null && response != null ? response.model() : llm.responseModel());
    sheet.text(
        "gen_ai.response.id",
        llm.responseId() == null && response != null ? response.id() : llm.responseId());
    sheet.texts(
        "gen_ai.response.finish_reasons",
        llm.finishReasons().isEmpty() && response != null
            ? response.finishReasons()
            : llm.finishReasons());
    if (response != null || llm.usage() != null) {
      tokens(sheet, facts.usage());
    }
  }

  private static void content(
      AttributeSheet sheet,
      ScopeEnd end,
      @Nullable ModelRequest request,
      @Nullable ModelResponse response) {
    GenAiContent.messages(sheet, end);
    if (request != null) {
      GenAiBodies.input(sheet, request);
    }
    if (response != null) {
      GenAiBodies.output(sheet, response);
    }
  }

  private void operation(AttributeSheet sheet, ScopeEnd end, String operation) {
    sheet.text("gen_ai.operation.name", operation);
    String named = JsonTree.text(JsonTree.object(end.header().metadata()), "conversation_id");
    sheet.sessionId(
        "gen_ai.conversation.id", named == null ? end.header().origin().sessionId() : named);
  }

  private void tokens(AttributeSheet sheet, ModelUsage usage) {
    sheet.count("gen_ai.usage.input_tokens", usage.prompt());
    sheet.count("gen_ai.usage.output_tokens", usage.completion());
    sheet.count("gen_ai.usage.cache_read.input_tokens", usage.cacheRead());
    sheet.count("gen_ai.usage.reasoning.output_tokens", usage.reasoning());
    if (profile.cacheWriteKey() != null) {
      sheet.count(profile.cacheWriteKey(), usage.cacheWrite());
    }
    if (options.compat().contains(CACHE_CREATION)) {
      sheet.count(CACHE_CREATION, usage.cacheWrite());
    }
    compatCount(sheet, "gen_ai.usage.prompt_tokens", usage.prompt());
    compatCount(sheet, "gen_ai.usage.completion_tokens", usage.completion());
  }

  private void compatCount(AttributeSheet sheet, String name, long value) {
    if (options.compat().contains(name)) {
      sheet.count(name, value);
    }
  }

  private void langfuse(AttributeSheet sheet, @Nullable Cost cost) {
    if (cost != null && cost.currency().equals("USD") && options.compat().contains("langfuse")) {
      sheet.number("gen_ai.usage.cost", cost.amount().doubleValue());
    }
  }

  @Override
  SpanData usage(UsageReported report) {
    AttributeSheet sheet = new AttributeSheet();
    sheet.sessionId(SpanParts.SESSION_ID, report.header().origin().sessionId());
    FairleadAttributes.report(sheet, report);
    return finishing.moment(report.header(), spanName("usage", report.model()), sheet, null);
  }

  private static String spanName(String operation, @Nullable String target) {
    return target == null || target.isEmpty() ? operation : operation + " " + target;
  }
}
