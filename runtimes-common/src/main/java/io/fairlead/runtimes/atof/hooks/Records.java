package io.fairlead.runtimes.atof.hooks;

import io.fairlead.atof.AtofTime;
import io.fairlead.atof.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** ATOF records made of hooks, in order. All of one request have its time. */
final class Records {

  private final long timeNanos;
  private final boolean content;
  private final List<String> lines = new ArrayList<>();

  /**
   * Records of one moment.
   *
   * @param content whether what people, models and tools said is kept
   */
  Records(long timeNanos, boolean content) {
    this.timeNanos = timeNanos;
    this.content = content;
  }

  long timeNanos() {
    return timeNanos;
  }

  boolean keepsContent() {
    return content;
  }

  List<String> lines() {
    return lines;
  }

  /** What a scope is. */
  record Shape(String category, String name, @Nullable Map<String, @Nullable Object> profile) {}

  OpenScope start(
      UUID uuid,
      @Nullable String parent,
      Shape shape,
      @Nullable Object data,
      Map<String, @Nullable Object> metadata) {
    Map<String, @Nullable Object> record = record("scope", uuid.toString(), parent, shape.name());
    record.put("scope_category", "start");
    record.put("category", shape.category());
    record.put("category_profile", shape.profile());
    record.put("attributes", List.of());
    record.put("metadata", metadata);
    write(record, HookContent.START, data);
    return new OpenScope(record, null, null);
  }

  void end(OpenScope scope, @Nullable Object data, Map<String, @Nullable Object> metadata) {
    Map<String, @Nullable Object> record = Tree.object(scope.start());
    record.put("scope_category", "end");
    record.put("timestamp", AtofTime.format(timeNanos));
    record.put("metadata", Tree.merge(scope.metadata(), metadata));
    write(record, HookContent.END, data);
  }

  void mark(
      UUID uuid,
      @Nullable String parent,
      String name,
      @Nullable Object data,
      Map<String, @Nullable Object> metadata) {
    Map<String, @Nullable Object> record = record("mark", uuid.toString(), parent, name);
    record.put("category", null);
    record.put("category_profile", null);
    record.put("metadata", metadata);
    write(record, HookContent.MARK, data);
  }

  private Map<String, @Nullable Object> record(
      String kind, String uuid, @Nullable String parent, String name) {
    Map<String, @Nullable Object> record =
        Tree.of("atof_version", "0.1", "kind", kind, "uuid", uuid, "name", name);
    record.put("parent_uuid", parent);
    record.put("timestamp", AtofTime.format(timeNanos));
    return record;
  }

  private void write(
      Map<String, @Nullable Object> record, HookContent part, @Nullable Object data) {
    Map<String, @Nullable Object> whole = Tree.object(record);
    whole.put("data", content ? data : part.without(String.valueOf(record.get("category")), data));
    if (!content) {
      whole.put("metadata", HookContent.metadataWithout(Tree.object(record.get("metadata"))));
    }
    whole.put("data_schema", null);
    lines.add(JsonTree.write(whole));
  }
}
