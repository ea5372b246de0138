package io.fairlead.core.pricing;

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
import java.util.List;
import java.util.Objects;
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
    Faults faults = new Faults();
    for (ConfigView source : config.tables("sources")) {
      if (isComplete(source, faults) && INLINE.equals(source.stringOrNull("type"))) {
        inline(source, faults);
      }
    }
    for (Fault fault : faults.all()) {
      context.report(fault.level(), fault.code(), null, fault.at(), fault.message(), fault.hint());
    }
  }

  @Override
  public ModelPricing create(ComponentContext context) {
    ConfigView config = context.config();
    Faults faults = new Faults();
    List<PriceTable> tables = new ArrayList<>();
    for (ConfigView source : config.tables("sources")) {
      add(tables, isComplete(source, faults) ? table(source, faults) : null);
    }
    if (!config.has("sources")) {
      add(tables, BundledPrices.load(faults));
    }
    boolean anyProvider = ANY_PROVIDER.equals(config.string("fallback"));
    return PriceTables.pricing(context, tables, anyProvider, StaleAfter.of(config), faults);
  }

  private static void add(List<PriceTable> tables, @Nullable PriceTable table) {
    if (table != null) {
      tables.add(table);
    }
  }

  private static boolean isComplete(ConfigView source, Faults faults) {
    String type = source.stringOrNull("type");
    String needed = INLINE.equals(type) ? "catalog" : FILE.equals(type) ? "path" : "type";
    if (type != null && !List.of(INLINE, FILE, BUNDLED).contains(type)) {
      faults.invalid(
          source.node("type"),
          "unknown source type '" + type + "'",
          "one of \"inline\", \"file\", \"bundled\"");
      return false;
    }
    String path = source.stringOrNull("path");
    if (!source.has(needed) || needed.equals("path") && (path == null || path.isBlank())) {
      faults.invalid(source.table(), "a source has no " + needed, null);
      return false;
    }
    return true;
  }

  private static @Nullable PriceTable table(ConfigView source, Faults faults) {
    String type = source.string("type");
    if (type.equals(INLINE)) {
      return inline(source, faults);
    }
    if (type.equals(FILE)) {
      return new PriceSources(faults)
          .file(PriceSources.Format.RELAY, source.string("path"), source.node("path"));
    }
    PriceTable bundled = BundledPrices.load(faults);
    if (bundled == null) {
      faults.invalid(
          source.node("type"),
          "the bundled prices are not installed",
          "add the artifact fairlead-pricing-table");
    }
    return bundled;
  }

  private static PriceTable inline(ConfigView source, Faults faults) {
    ConfigNode catalog = Objects.requireNonNull(source.node("catalog"));
    return new CatalogReader("inline catalog", faults).read(catalog);
  }
}
