package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.spi.event.AgentProfile;
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
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
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

  private static final Set<ScopeCategory> CLIENTS =
      EnumSet.of(ScopeCategory.LLM, ScopeCategory.EMBEDDER, ScopeCategory.RETRIEVER);

  private final ProjectionOptions options;
  private final GenAiProfile profile;
  private final Finishing finishing;
  private final GenAiCalls calls;

  GenAiProjection(ProjectionOptions options) {
    this.options = options;
    this.profile = options.profile();
    this.finishing = new Finishing(options);
    this.calls = new GenAiCalls(options);
  }

  @Override
  MarkForm form(Mark mark) {
    return MarkForm.HIDDEN;
  }

  @Override
  @Nullable Json ofRoot(@Nullable Json metadata) {
    return finishing.ofRoot(metadata);
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
    GenAiFacts stated = new GenAiFacts(end, options.shape().content());
    CallFacts call = CallFacts.of(end);
    String name =
        switch (end.category()) {
          case LLM -> calls.put(sheet, end, Objects.requireNonNull(call), stated);
          case EMBEDDER -> embedder(sheet, end, stated);
          case RETRIEVER -> retriever(sheet, end, stated);
          case AGENT -> agent(sheet, end, stated);
          case TOOL -> tool(sheet, end, stated);
          default -> header.name();
        };
    stated.put(sheet);
    calls.known(sheet, end);
    sheet.sessionId(SpanParts.SESSION_ID, header.origin().sessionId());
    sheet.text(SpanParts.ERROR_TYPE, scope.failure().errorType());
    if (options.compat().contains("mlflow")) {
      MlflowColumns.put(sheet, end, call, options.shape().content());
    }
    FairleadAttributes.scope(sheet, end);
    return finishing.scope(
        scope,
        name,
        CLIENTS.contains(end.category()) ? SpanKind.CLIENT : SpanKind.INTERNAL,
        sheet,
        SpanParts.exception(scope.failure(), finishing.time(header)));
  }

  private boolean mayWrite(String attribute) {
    return profile.allows(attribute)
        || options.compat().contains(attribute)
        || attribute.equals("gen_ai.usage.cost");
  }

  private String agent(AttributeSheet sheet, ScopeEnd end, GenAiFacts stated) {
    AgentProfile agent = end.profile() instanceof AgentProfile known ? known : null;
    String name = stated.start().text(GenAiFacts.AGENT);
    if (name == null) {
      name = agent == null || agent.agentName() == null ? end.header().name() : agent.agentName();
    }
    sheet.text(GenAiFacts.OPERATION, "invoke_agent");
    stated.conversation(sheet, end);
    sheet.text("gen_ai.agent.name", name);
    if (agent != null && agent.usage() != null) {
      sheet.count("gen_ai.usage.input_tokens", agent.usage().totalInput());
      sheet.count("gen_ai.usage.output_tokens", agent.usage().totalOutput());
    }
    if (options.shape().content() && !RecordMembers.isForeign(end)) {
      GenAiContent.messages(sheet, end);
    }
    return GenAiFacts.spanName("invoke_agent", name);
  }

  private String tool(AttributeSheet sheet, ScopeEnd end, GenAiFacts stated) {
    ToolProfile tool = end.profile() instanceof ToolProfile known ? known : null;
    String name = stated.start().stated(GenAiFacts.TOOL);
    if (name == null) {
      name = tool == null ? end.header().name() : tool.toolName();
    }
    sheet.text(GenAiFacts.OPERATION, "execute_tool");
    stated.conversation(sheet, end);
    sheet.text("gen_ai.tool.name", name);
    String callId = tool == null ? null : tool.callId();
    if (callId != null && !callId.isBlank()) {
      sheet.text("gen_ai.tool.call.id", callId);
    }
    if (options.shape().content()) {
      GenAiContent.tool(sheet, end);
    }
    return GenAiFacts.spanName("execute_tool", name);
  }

  private String retriever(AttributeSheet sheet, ScopeEnd end, GenAiFacts stated) {
    sheet.text(GenAiFacts.OPERATION, "retrieval");
    calls.provider(sheet, ProviderNames.serving(end, stated.provider()));
    return GenAiFacts.spanName("retrieval", stated.start().text(GenAiFacts.SOURCE));
  }

  private String embedder(AttributeSheet sheet, ScopeEnd end, GenAiFacts stated) {
    sheet.text(GenAiFacts.OPERATION, "embeddings");
    calls.provider(sheet, ProviderNames.serving(end, stated.provider()));
    String model = stated.start().text(GenAiFacts.MODEL);
    if (model == null && end.profile() instanceof LlmProfile known) {
      model = known.requestModel();
    }
    sheet.text("gen_ai.request.model", model);
    return GenAiFacts.spanName("embeddings", model);
  }

  @Override
  SpanData usage(UsageReported report) {
    AttributeSheet sheet = new AttributeSheet();
    sheet.sessionId(SpanParts.SESSION_ID, report.header().origin().sessionId());
    FairleadAttributes.report(sheet, report);
    return finishing.moment(
        report.header(), GenAiFacts.spanName("usage", report.model()), sheet, null);
  }
}
