package io.fairlead.core.pricing;

import io.fairlead.core.config.Variables;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.ModelPricing;
import io.fairlead.spi.PricingProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import io.fairlead.spi.config.FieldSpec;
import io.fairlead.spi.config.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code kind = "pricing"}: NeMo Relay's component with its sources, and the bundled table. Without
 * sources it is the bundled table alone.
 */
public final class CatalogPricingProvider implements PricingProvider {

  private static final String INLINE = "inline";
  private static final String FILE = "file";
  private static final String BUNDLED = "bundled";
  private static final String ANY_PROVIDER = "any_provider";

  private static final String TYPES = "one of \"inline\", \"file\", \"bundled\"";

  /** The field each type of source has its prices in. */
  private static final Map<String, @Nullable String> CONTENT = content();

  // The type is checked here, not by the spec: a faulty source has Relay's code.
  private static final ConfigSpec SOURCE =
      ConfigSpec.of(
          FieldSpec.string(
              "type", "\"inline\", \"file\" or \"bundled\" (the table Fairlead ships)."),
          FieldSpec.string(
              "path", "File of a catalog in JSON; a relative path lies beside the document."),
          FieldSpec.of("catalog", FieldType.ANY_TABLE, "The catalog itself, version 1."));

  private static final ConfigSpec SPEC =
      ConfigSpec.of(
          FieldSpec.tables("sources", "Catalogs; the first that knows a model prices it.", SOURCE),
          FieldSpec.string(
                  "fallback",
                  "Whether another provider's price may stand in for a model no source knows.")
              .withAllowed("none", ANY_PROVIDER)
              .withDefault("none"),
          StaleAfter.FIELD);

  /** Called by {@link java.util.ServiceLoader}. */
  public CatalogPricingProvider() {}

  private static Map<String, @Nullable String> content() {
    Map<String, @Nullable String> content = new HashMap<>();
    content.put(INLINE, "catalog");
    content.put(FILE, "path");
    content.put(BUNDLED, null);
    return content;
  }

  @Override
  public String kind() {
    return "pricing";
  }

  @Override
  public ConfigSpec configSpec() {
    return SPEC;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    PriceTables.validate(CatalogPricingProvider::read, config, context);
  }

  @Override
  public ModelPricing create(ComponentContext context) {
    ConfigView config = context.config();
    boolean anyProvider = ANY_PROVIDER.equals(config.string("fallback"));
    return PriceTables.create(
        CatalogPricingProvider::read, context, anyProvider, StaleAfter.of(config));
  }

  private static List<PriceTable> read(
      ConfigView config, Function<String, @Nullable String> environment, Faults faults) {
    List<PriceTable> tables = new ArrayList<>();
    if (!config.has("sources")) {
      add(tables, BundledPrices.load(faults));
    }
    for (ConfigView source : config.tables("sources")) {
      if (isComplete(source, faults)) {
        add(tables, table(source, faults));
      }
    }
    return tables;
  }

  private static void add(List<PriceTable> tables, @Nullable PriceTable table) {
    if (table != null) {
      tables.add(table);
    }
  }

  /** Whether a source has a type and what its type needs; else that is a fault, or was one. */
  private static boolean isComplete(ConfigView source, Faults faults) {
    if (!source.has("type")) {
      faults.invalid(source.table(), "a source has no type", TYPES);
      return false;
    }
    String type = Variables.known(source.node("type"));
    if (type == null) {
      return false;
    }
    if (!CONTENT.containsKey(type)) {
      faults.invalid(source.node("type"), "unknown source type '" + type + "'", TYPES);
      return false;
    }
    String needed = CONTENT.get(type);
    for (String other : List.of("catalog", "path")) {
      if (source.has(other) && !other.equals(needed)) {
        faults.invalid(
            source.node(other), "a source of type '" + type + "' takes no " + other, null);
      }
    }
    return needed == null || hasContent(source, needed, faults);
  }

  private static boolean hasContent(ConfigView source, String needed, Faults faults) {
    ConfigNode content = source.node(needed);
    if (content == null || content instanceof ConfigNode.Text text && text.value().isBlank()) {
      faults.invalid(content == null ? source.table() : content, "a source has no " + needed, null);
      return false;
    }
    return needed.equals("path")
        ? Variables.known(content) != null
        : content instanceof ConfigNode.Table;
  }

  private static @Nullable PriceTable table(ConfigView source, Faults faults) {
    return switch (source.string("type")) {
      case INLINE -> new CatalogReader("inline catalog", faults).read(source.node("catalog"));
      case FILE ->
          new PriceSources(faults)
              .file(PriceSources.Format.RELAY, source.string("path"), source.node("path"));
      default -> bundled(source, faults);
    };
  }

  private static @Nullable PriceTable bundled(ConfigView source, Faults faults) {
    PriceTable bundled = BundledPrices.load(faults);
    if (bundled == null) {
      faults.invalid(
          source.node("type"),
          "the bundled prices are not installed",
          "add the artifact fairlead-pricing-table");
    }
    return bundled;
  }
}
