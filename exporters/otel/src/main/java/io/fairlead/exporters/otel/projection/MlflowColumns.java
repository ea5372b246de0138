package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.spi.event.AgentProfile;
import io.fairlead.spi.event.Cost;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What fills the columns of MLflow that the names of the conventions leave empty: cost, user,
 * request and response as words, and the type of spans the conventions have no operation for.
 */
final class MlflowColumns {

  private static final Map<ScopeCategory, String> TYPES =
      Map.of(
          ScopeCategory.FUNCTION, "CHAIN",
          ScopeCategory.RETRIEVER, "RETRIEVER",
          ScopeCategory.RERANKER, "RERANKER",
          ScopeCategory.GUARDRAIL, "GUARDRAIL",
          ScopeCategory.EVALUATOR, "EVALUATOR");

  private MlflowColumns() {}

  static void put(AttributeSheet sheet, ScopeEnd end, @Nullable CallFacts call, boolean content) {
    sheet.text("mlflow.spanType", TYPES.get(end.category()));
    cost(sheet, call == null ? agentCost(end) : call.cost());
    if (end.start().isTraceRoot()) {
      sheet.text("user.id", end.header().origin().agentId());
    }
    // Of calls and tools it reads the conventions' own names.
    if (content && call == null && end.category() != ScopeCategory.TOOL) {
      sheet.json("mlflow.spanInputs", side("user", end.start().header().data()));
      sheet.json("mlflow.spanOutputs", side("assistant", end.header().data()));
    }
  }

  /** MLflow counts in US dollars, and works a missing cost out from prices of its own. */
  private static void cost(AttributeSheet sheet, @Nullable Cost cost) {
    if (cost != null && cost.currency().equals("USD")) {
      sheet.text("mlflow.llm.cost", "{\"total_cost\":" + cost.amount().toPlainString() + '}');
    }
  }

  private static @Nullable Cost agentCost(ScopeEnd end) {
    return end.profile() instanceof AgentProfile agent ? agent.cost() : null;
  }

  /** Words as a message, of which MLflow shows nothing but the words. */
  private static @Nullable String side(String role, @Nullable Json payload) {
    if (payload == null || !(JsonTree.sorted(payload) instanceof String text)) {
      return payload == null ? null : payload.text();
    }
    StringBuilder out = new StringBuilder("{\"messages\":[{\"role\":\"");
    out.append(role).append("\",\"content\":");
    Json.appendQuoted(out, text);
    return out.append("}]}").toString();
  }
}
