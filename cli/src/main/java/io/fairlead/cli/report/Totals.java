package io.fairlead.cli.report;

import io.fairlead.spi.event.LlmProfile;
import io.fairlead.spi.event.UsageReported;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Numbers of anything: a session, a day, everything. Not thread-safe. */
public final class Totals {

  /** Most models and most tools kept apart; what goes beyond is kept together. */
  private static final int MOST_NAMES = 1_000;

  private static final String OTHER = "other";

  private final SortedMap<ModelKey, ModelTotals> models = new TreeMap<>(ModelKey.ORDER);
  private final SortedMap<String, ToolTotals> tools = new TreeMap<>();
  private long turns;

  void addTurn() {
    turns++;
  }

  void addCall(LlmProfile call, boolean failed) {
    if (!failed && call.counting() == LlmProfile.Counting.NONE) {
      return;
    }
    model(new ModelKey(call.provider(), call.model())).addCall(call, failed);
  }

  void addReport(UsageReported report) {
    if (report.calls() == 0
        && report.unpricedCalls() == 0
        && report.usage() == null
        && report.cost() == null) {
      return;
    }
    model(new ModelKey(report.provider(), report.model())).addReport(report);
  }

  void addTool(String name, boolean failed) {
    tool(name).add(failed);
  }

  void add(Totals other) {
    turns += other.turns;
    other.models.forEach((key, totals) -> model(key).add(totals));
    other.tools.forEach((name, totals) -> tool(name).add(totals));
  }

  private ModelTotals model(ModelKey key) {
    ModelKey kept =
        models.containsKey(key) || models.size() < MOST_NAMES ? key : new ModelKey(OTHER, OTHER);
    return models.computeIfAbsent(kept, k -> new ModelTotals());
  }

  private ToolTotals tool(String name) {
    String kept = tools.containsKey(name) || tools.size() < MOST_NAMES ? name : OTHER;
    return tools.computeIfAbsent(kept, k -> new ToolTotals());
  }

  /** Turns somebody asked for. */
  public long turns() {
    return turns;
  }

  /** Models in order. */
  public SortedMap<ModelKey, ModelTotals> models() {
    return Collections.unmodifiableSortedMap(models);
  }

  /** Tools in order. */
  public SortedMap<String, ToolTotals> tools() {
    return Collections.unmodifiableSortedMap(tools);
  }

  /** All models together. */
  public ModelTotals allModels() {
    ModelTotals all = new ModelTotals();
    models.values().forEach(all::add);
    return all;
  }

  /** All tools together. */
  public ToolTotals allTools() {
    ToolTotals all = new ToolTotals();
    tools.values().forEach(all::add);
    return all;
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeLong(turns);
    out.writeInt(models.size());
    for (Map.Entry<ModelKey, ModelTotals> model : models.entrySet()) {
      SessionCodec.text(out, model.getKey().provider());
      SessionCodec.text(out, model.getKey().model());
      model.getValue().writeTo(out);
    }
    out.writeInt(tools.size());
    for (Map.Entry<String, ToolTotals> tool : tools.entrySet()) {
      SessionCodec.text(out, tool.getKey());
      tool.getValue().writeTo(out);
    }
  }

  static Totals readFrom(DataInput in) throws IOException {
    Totals totals = new Totals();
    totals.turns = in.readLong();
    for (int n = in.readInt(); n > 0; n--) {
      ModelKey key = new ModelKey(SessionCodec.text(in), SessionCodec.text(in));
      totals.models.put(key, ModelTotals.readFrom(in));
    }
    for (int n = in.readInt(); n > 0; n--) {
      totals.tools.put(SessionCodec.name(in), ToolTotals.readFrom(in));
    }
    return totals;
  }
}
