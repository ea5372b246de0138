package io.fairlead.cli.report;

import static io.fairlead.cli.report.TextTable.Column.left;
import static io.fairlead.cli.report.TextTable.Column.right;

import io.fairlead.spi.event.TokenUsage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The report for people. */
public final class ReportTables {

  /** What a table has a row for. */
  public enum By {
    session,
    model,
    tool,
    day
  }

  private final Report report;
  private final int width;

  /** A report within a width. */
  public ReportTables(Report report, int width) {
    this.report = report;
    this.width = width;
  }

  /** Prints one table. */
  public void print(By by, PrintWriter out) {
    TextTable table =
        switch (by) {
          case session -> sessions();
          case model -> models();
          case tool -> tools();
          case day -> days();
        };
    table.print(width, out);
  }

  /** Prints what belongs under the last table. */
  public void printNotes(PrintWriter out) {
    notes().forEach(out::println);
  }

  private TextTable sessions() {
    TextTable table =
        TextTable.of(
            left("SESSION").shrinkingTo(24),
            left("AGENT").shrinkingTo(8).optional(1),
            left("STARTED (UTC)").optional(2),
            right("TURNS"),
            right("MODEL CALLS"),
            right("TOOL CALLS"),
            right("INPUT").optional(3),
            right("CACHE READ").optional(5),
            right("CACHE WRITE").optional(6),
            right("OUTPUT").optional(4),
            right("COST"));
    table.rows(each -> report.forEachSession(session -> each.accept(row(session))));
    table.foot(numbers(List.of(count(report.sessionCount(), "session"), "", ""), report.all()));
    return table;
  }

  private static List<String> row(SessionTotals session) {
    String name = Cells.text(session.sessionId());
    return numbers(
        List.of(
            session.parentSessionId() == null ? name : "└ " + name,
            agent(session),
            Cells.time(session.startNanos())),
        session.totals());
  }

  private static String agent(SessionTotals session) {
    String agent = session.agentId();
    return agent == null || agent.equals(session.runtime())
        ? session.runtime()
        : session.runtime() + "/" + agent;
  }

  private TextTable days() {
    TextTable table =
        TextTable.of(
            left("DAY (UTC)"),
            right("TURNS"),
            right("MODEL CALLS"),
            right("TOOL CALLS"),
            right("INPUT").optional(1),
            right("CACHE READ").optional(3),
            right("CACHE WRITE").optional(4),
            right("OUTPUT").optional(2),
            right("COST"));
    report.days().forEach((day, totals) -> table.row(numbers(List.of(day.toString()), totals)));
    table.foot(numbers(List.of(count(report.days().size(), "day")), report.all()));
    return table;
  }

  private static List<String> numbers(List<String> names, Totals totals) {
    ModelTotals models = totals.allModels();
    ToolTotals tools = totals.allTools();
    List<String> cells = new ArrayList<>(names);
    cells.add(Cells.number(totals.turns()));
    cells.add(Cells.calls(models.calls(), models.failedCalls()));
    cells.add(Cells.calls(tools.calls(), tools.failedCalls()));
    cells.addAll(tokens(models.usage()));
    cells.add(Cells.cost(models));
    return cells;
  }

  private static List<String> tokens(@Nullable TokenUsage usage) {
    if (usage == null) {
      return List.of(Cells.UNKNOWN, Cells.UNKNOWN, Cells.UNKNOWN, Cells.UNKNOWN);
    }
    return List.of(
        Cells.tokens(Tokens.uncachedInput(usage)),
        Cells.tokens(usage.cacheRead()),
        Cells.tokens(usage.cacheWrite()),
        Cells.tokens(usage.totalOutput()));
  }

  private TextTable models() {
    TextTable table =
        TextTable.of(
            left("MODEL").shrinkingTo(16),
            left("PROVIDER").optional(1),
            right("CALLS"),
            right("INPUT"),
            right("CACHE READ").optional(3),
            right("CACHE WRITE").optional(4),
            right("OUTPUT"),
            right("REASONING").optional(2),
            right("COST"));
    Totals all = report.all();
    all.models()
        .forEach(
            (key, model) ->
                table.row(model(Cells.text(key.model()), Cells.text(key.provider()), model)));
    table.foot(model(count(all.models().size(), "model"), "", all.allModels()));
    return table;
  }

  private static List<String> model(String name, String provider, ModelTotals model) {
    List<String> cells = new ArrayList<>(List.of(name, provider));
    cells.add(Cells.calls(model.calls(), model.failedCalls()));
    TokenUsage usage = model.usage();
    cells.addAll(tokens(usage));
    cells.add(usage == null ? Cells.UNKNOWN : Cells.tokens(usage.reasoning()));
    cells.add(Cells.cost(model));
    return cells;
  }

  private TextTable tools() {
    TextTable table = TextTable.of(left("TOOL").shrinkingTo(16), right("CALLS"), right("FAILED"));
    Totals all = report.all();
    all.tools().forEach((name, tool) -> table.row(tool(name, tool)));
    table.foot(tool(count(all.tools().size(), "tool"), all.allTools()));
    return table;
  }

  private static List<String> tool(String name, ToolTotals tool) {
    return List.of(name, Cells.number(tool.calls()), Cells.number(tool.failedCalls()));
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    Totals all = report.all();
    ModelTotals models = all.allModels();
    notes.add("Tokens: input excludes what a cache served or took; output includes reasoning.");
    if (!models.costs().isEmpty()) {
      notes.add("Cost: ~ is an estimate, tokens times a price.");
    }
    if (models.unpricedCalls() > 0) {
      notes.add(
          count(models.unpricedCalls(), "model call")
              + " without a known price, not in any cost (+?): "
              + String.join(", ", unpricedModels(all)));
    }
    if (models.callsWithoutUsage() > 0) {
      notes.add(
          count(models.callsWithoutUsage(), "model call")
              + " without known tokens, not in any token number");
    }
    if (report.openTurns() > 0) {
      notes.add(count(report.openTurns(), "open turn") + ", not in any number");
    }
    return notes;
  }

  private static TreeSet<String> unpricedModels(Totals all) {
    TreeSet<String> names = new TreeSet<>();
    for (Map.Entry<ModelKey, ModelTotals> model : all.models().entrySet()) {
      if (model.getValue().unpricedCalls() > 0) {
        names.add(Cells.text(model.getKey().model()));
      }
    }
    return names;
  }

  private static String count(long number, String thing) {
    return Cells.number(number) + ' ' + thing + (number == 1 ? "" : "s");
  }
}
