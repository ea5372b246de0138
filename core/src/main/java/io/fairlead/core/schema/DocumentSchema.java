package io.fairlead.core.schema;

import static io.fairlead.core.schema.FieldSchema.type;
import static io.fairlead.core.schema.FieldSchema.with;

import io.fairlead.core.discovery.ComponentCatalog;
import io.fairlead.core.observability.ObservabilityComponent;
import io.fairlead.core.validation.RootSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON Schema (2020-12) of a document for what is installed: the root, a table for each kind,
 * the {@code observability} component in each of its generations.
 *
 * <p>It is meant for editors, so it is stricter than a document's policy may be: unknown keys and
 * kinds are marked although they are warnings by default. Whatever needs more than one field, a
 * file or the network to be seen is left to validation.
 */
public final class DocumentSchema {

  private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";
  private static final String DEFINITIONS = "$defs";
  private static final String VERSION = "version";

  private final ComponentCatalog catalog;
  private final Map<String, Object> definitions = new LinkedHashMap<>();

  private DocumentSchema(ComponentCatalog catalog) {
    this.catalog = catalog;
  }

  /** The schema's text, indented. */
  public static String write(ComponentCatalog catalog) {
    return SchemaText.write(new DocumentSchema(catalog).root());
  }

  private Map<String, Object> root() {
    Map<String, Object> table = FieldSchema.table(RootSpec.SPEC);
    properties(table).put("components", with(type("array"), "items", reference("component")));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("$schema", DRAFT);
    root.put("$id", "urn:fairlead:plugins");
    root.put("title", "Fairlead configuration");
    root.putAll(table);
    definitions.put("component", component());
    root.put(DEFINITIONS, definitions);
    return root;
  }

  private Map<String, Object> component() {
    List<String> kinds = new ArrayList<>();
    List<Object> cases = new ArrayList<>();
    kinds.add(ObservabilityComponent.KIND);
    cases.add(configOf(ObservabilityComponent.KIND));
    definitions.put(ObservabilityComponent.KIND, observability());
    for (ComponentCatalog.Entry entry : catalog.entries()) {
      if (!entry.kind().equals(ObservabilityComponent.KIND)) {
        kinds.add(entry.kind());
        cases.add(configOf(entry.kind()));
        definitions.put(entry.kind(), FieldSchema.table(entry.provider().configSpec()));
      }
    }
    Map<String, Object> component = FieldSchema.table(RootSpec.COMPONENT);
    properties(component).put("kind", with(type("string"), "enum", kinds));
    component.put("allOf", cases);
    return component;
  }

  /** The configuration of a kind is what the kind says. */
  private static Map<String, Object> configOf(String kind) {
    return when(
        "kind", Map.of("const", kind), Map.of("properties", Map.of("config", reference(kind))));
  }

  private Map<String, Object> observability() {
    ObservabilityComponent component = new ObservabilityComponent(catalog, name -> null);
    List<Object> cases = new ArrayList<>();
    List<Integer> older = new ArrayList<>();
    List<Integer> versions = ObservabilityComponent.versions();
    int current = versions.get(versions.size() - 1);
    for (int version : versions) {
      String name = ObservabilityComponent.KIND + "-" + version;
      Map<String, Object> table = FieldSchema.table(component.spec(version));
      definitions.put(name, table);
      if (version != current) {
        older.add(version);
        table.put("deprecated", true);
        table.put("description", "Generation " + version + "; the current one is " + current + ".");
        cases.add(when(VERSION, Map.of("const", version), reference(name)));
      }
    }
    Map<String, Object> isOlder = when(VERSION, Map.of("enum", older), Map.of());
    Map<String, Object> otherwise = new LinkedHashMap<>();
    otherwise.put("if", isOlder.get("if"));
    otherwise.put("else", reference(ObservabilityComponent.KIND + "-" + current));
    cases.add(otherwise);
    Map<String, Object> schema = type("object");
    Map<String, Object> version = with(type("integer"), "enum", versions);
    version.put("default", current);
    schema.put("properties", Map.of(VERSION, version));
    schema.put("allOf", cases);
    return schema;
  }

  private static Map<String, Object> when(
      String key, Map<String, ?> condition, Map<String, ?> consequence) {
    Map<String, Object> test = new LinkedHashMap<>();
    test.put("properties", Map.of(key, condition));
    test.put("required", List.of(key));
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("if", test);
    schema.put("then", consequence);
    return schema;
  }

  private static Map<String, Object> reference(String definition) {
    return with(new LinkedHashMap<>(), "$ref", "#/" + DEFINITIONS + "/" + definition);
  }

  @SuppressWarnings("unchecked") // FieldSchema.table makes it so
  private static Map<String, Object> properties(Map<String, Object> table) {
    return (Map<String, Object>) table.getOrDefault("properties", Map.of());
  }
}
