package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What tests expect to be in a tree; absence fails the test. */
public final class Nodes {

  private Nodes() {}

  /** The value of a key. */
  public static ConfigNode get(ConfigNode.Table table, String key) {
    return entry(table, key).value();
  }

  /** Where a key stands. */
  public static @Nullable SourcePosition keyPlace(ConfigNode.Table table, String key) {
    return entry(table, key).keyPosition();
  }

  /** A nested table. */
  public static ConfigNode.Table table(ConfigNode.Table table, String key) {
    return (ConfigNode.Table) get(table, key);
  }

  /** An element of an array. */
  public static ConfigNode element(ConfigNode.Table table, String key, int index) {
    return ((ConfigNode.Array) get(table, key)).elements().get(index);
  }

  /** A table of an array. */
  public static ConfigNode.Table tableAt(ConfigNode.Table table, String key, int index) {
    return (ConfigNode.Table) element(table, key, index);
  }

  /** A number with a fraction. */
  public static BigDecimal decimal(ConfigNode.Table table, String key) {
    return ((ConfigNode.Decimal) get(table, key)).value();
  }

  /** A text. */
  public static String text(ConfigNode.Table table, String key) {
    return ((ConfigNode.Text) get(table, key)).value();
  }

  private static ConfigNode.Entry entry(ConfigNode.Table table, String key) {
    return Objects.requireNonNull(table.entries().get(key), key);
  }
}
