package io.fairlead.core;

import io.fairlead.spi.config.ConfigNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Builds a {@link PluginConfig} in a program, key by key as a {@code plugins.toml} would say it.
 * Not thread-safe.
 *
 * <pre>{@code
 * PluginConfig.builder()
 *     .component("prometheus", config -> config.set("port", 9464))
 *     .component("hermes", config -> config.set("backfill", "all"))
 *     .build();
 * }</pre>
 */
public final class DocumentBuilder {

  private final TableBuilder root = new TableBuilder();
  private final List<ConfigNode> components = new ArrayList<>();

  DocumentBuilder() {
    root.set("version", 1);
  }

  /** Adds an enabled component of a kind. */
  public DocumentBuilder component(String kind, Consumer<TableBuilder> config) {
    TableBuilder component = new TableBuilder().set("kind", kind);
    component.table("config", config);
    components.add(component.build());
    return this;
  }

  /** Adds an enabled component with a name of its own. */
  public DocumentBuilder component(String kind, String name, Consumer<TableBuilder> config) {
    TableBuilder component = new TableBuilder().set("kind", kind).set("name", name);
    component.table("config", config);
    components.add(component.build());
    return this;
  }

  /** Sets what happens to unknown components, unknown fields and unsupported values. */
  public DocumentBuilder policy(Consumer<TableBuilder> policy) {
    root.table("policy", policy);
    return this;
  }

  /** Sets a key at the root of the document, for example {@code data_dir}. */
  public DocumentBuilder set(String key, Object value) {
    root.set(key, value);
    return this;
  }

  /** The document. */
  public PluginConfig build() {
    root.set("components", new ConfigNode.Array(components, null));
    return PluginConfig.of(root.build());
  }
}
