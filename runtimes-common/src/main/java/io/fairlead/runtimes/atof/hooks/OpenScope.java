package io.fairlead.runtimes.atof.hooks;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A scope that has started and not ended.
 *
 * @param start its start record, without its payload
 * @param arguments the fingerprint of a tool call's arguments, or null
 * @param owner the subagent it belongs to, or null
 */
record OpenScope(
    Map<String, @Nullable Object> start, @Nullable String arguments, @Nullable String owner) {

  String uuid() {
    return String.valueOf(start.get("uuid"));
  }

  String name() {
    return String.valueOf(start.get("name"));
  }

  Map<String, @Nullable Object> metadata() {
    return Tree.object(start.get("metadata"));
  }

  OpenScope with(@Nullable String newArguments, @Nullable String newOwner) {
    return new OpenScope(start, newArguments, newOwner);
  }

  Map<String, @Nullable Object> toTree() {
    return Tree.of("start", start, "arguments", arguments, "owner", owner);
  }

  static OpenScope of(@Nullable Object tree) {
    Payload json = new Payload(tree);
    return new OpenScope(
        Tree.object(json.value("start")), json.text("arguments"), json.text("owner"));
  }

  static Map<String, @Nullable Object> trees(Map<String, OpenScope> scopes) {
    Map<String, @Nullable Object> trees = Tree.of();
    scopes.forEach((key, scope) -> trees.put(key, scope.toTree()));
    return trees;
  }

  static Map<String, OpenScope> ofTrees(@Nullable Object trees) {
    Map<String, OpenScope> scopes = new LinkedHashMap<>();
    Tree.object(trees).forEach((key, scope) -> scopes.put(key, OpenScope.of(scope)));
    return scopes;
  }
}
