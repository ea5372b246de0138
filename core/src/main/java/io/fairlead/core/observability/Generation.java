package io.fairlead.core.observability;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.FieldSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the authors of one generation may write, and how it becomes the next one.
 *
 * @param version the {@code version} of the configuration
 * @param sections Relay's sections with their fields, in the order of their findings
 * @param topKeys further keys at the top
 * @param legacy keys of older generations, reported as such
 * @param toNext the steps to the next generation; those of the current one bring it into its
 *     canonical form
 * @param traceOnly whether logs and metrics are not part of it
 */
record Generation(
    int version,
    Map<String, ConfigSpec> sections,
    List<String> topKeys,
    List<LegacyKeys> legacy,
    List<Step> toNext,
    boolean traceOnly) {

  /** The generation everything is converted to. */
  static final int CURRENT = 4;

  private static final List<String> OTLP_KEYS =
      List.of(
          "transport",
          "endpoint",
          "headers",
          "resource_attributes",
          "service_name",
          "service_namespace",
          "service_version",
          "instrumentation_scope",
          "timeout_millis",
          "mark_projection",
          "mark_exclude_names",
          "attribute_mappings",
          "attributes");

  private static final LegacyKeys FLAT_ATOF =
      new LegacyKeys(
          "atof",
          List.of("output_directory", "filename", "mode", "endpoints"),
          "observability.legacy_atof_field",
          "ATOF ",
          " was removed in observability config version 2; configure typed ATOF sinks instead",
          false);

  private static final LegacyKeys OPENINFERENCE =
      new LegacyKeys(
          "",
          List.of("openinference"),
          "observability.legacy_openinference_section",
          "the standalone ",
          " section was removed in observability config version 3; configure an opentelemetry endpoint"
              + " with type = \"openinference\"",
          true);

  private static final List<String> FLAT_KEYS =
      List.of(
          "mark_projection",
          "mark_exclude_names",
          "attribute_mappings",
          "promote_metadata_prefixes",
          "promote_resource_metadata_prefixes",
          "transport",
          "endpoint",
          "headers",
          "header_file",
          "resource_attributes",
          "service_name",
          "service_namespace",
          "service_version",
          "instrumentation_scope",
          "timeout_millis");

  /** What no release that read an older generation knew. */
  private static final List<String> SINCE_4 =
      List.of(
          "file_sinks",
          "header_file",
          "promote_resource_metadata_prefixes",
          "completed_span_context_ttl_millis");

  private static final List<Step> TYPED_SINKS =
      List.of(
          new Step.Wrap("atof", List.of("output_directory", "filename", "mode"), "sinks", "file"),
          new Step.MoveElements("atof", "endpoints", "sinks", "stream"),
          new Step.Default("opentelemetry", "attributes", "json"),
          new Step.Default("openinference", "attributes", "json"));

  private static final List<Step> TYPED_ENDPOINTS =
      List.of(
          new Step.Default("opentelemetry", "service_name", "nemo-relay"),
          new Step.Default("openinference", "service_name", "nemo-relay"),
          new Step.Default("opentelemetry", "instrumentation_scope", "nemo-relay-otel"),
          new Step.Default("openinference", "instrumentation_scope", "nemo-relay-openinference"),
          new Step.DefaultAddress("opentelemetry", "endpoint"),
          new Step.DefaultAddress("openinference", "endpoint"),
          new Step.Wrap("opentelemetry", OTLP_KEYS, "endpoints", "full"),
          new Step.Wrap("openinference", OTLP_KEYS, "endpoints", "openinference"),
          new Step.Join("openinference", "opentelemetry", "endpoints"));

  private static final List<Step> ONE_NAME =
      List.of(new Step.Rename("opentelemetry", "traces", "endpoints"));

  private static final Map<Integer, Generation> ALL = all();

  /** The generation of a version, or null. */
  static @Nullable Generation of(long version) {
    return version < 1 || version > CURRENT ? null : ALL.get((int) version);
  }

  /** The generation everything is converted to. */
  static Generation current() {
    Generation current = of(CURRENT);
    if (current == null) {
      throw new IllegalStateException("no current generation");
    }
    return current;
  }

  /** A configuration of this generation in the canonical form of the current one. */
  ConfigNode.Table toCurrent(
      ConfigNode.Table config, Function<String, @Nullable String> environment) {
    ConfigNode.Table converted = config;
    for (Generation generation : ALL.values()) {
      if (generation.version >= version) {
        for (Step step : generation.toNext) {
          converted = step.apply(converted, environment);
        }
      }
    }
    return converted;
  }

  /** An exporter's spec that also knows the older names of its fields. */
  static ConfigSpec withAliases(String section, ConfigSpec spec) {
    List<FieldSpec> fields = new ArrayList<>(spec.fields());
    for (Step step : current().toNext) {
      FieldSpec target =
          step instanceof Step.Rename rename && rename.section().equals(section)
              ? spec.field(rename.to())
              : null;
      if (target != null && step instanceof Step.Rename rename) {
        fields.add(SpecMerge.renamed(target, rename.from()));
      }
    }
    return ConfigSpec.of(fields);
  }

  /** Fields that came with a later generation, wherever they are. */
  List<String> later() {
    return version < CURRENT ? SINCE_4 : List.of();
  }

  /** Whether endpoints are laid flat in their section. */
  boolean isFlat() {
    return version < 3;
  }

  /** The legacy keys of a section, or of the top for the empty name. */
  @Nullable LegacyKeys legacyOf(String section) {
    for (LegacyKeys keys : legacy) {
      if (keys.section().equals(section)) {
        return keys;
      }
    }
    return null;
  }

  private static Map<Integer, Generation> all() {
    Map<Integer, Generation> all = new TreeMap<>();
    add(
        all,
        new Generation(
            1,
            flat(RelaySpecs.ATOF_1, RelaySpecs.FLAT_1),
            List.of(),
            List.of(),
            TYPED_SINKS,
            false));
    add(
        all,
        new Generation(
            2,
            flat(RelaySpecs.ATOF, RelaySpecs.FLAT_2),
            List.of(),
            List.of(FLAT_ATOF),
            TYPED_ENDPOINTS,
            false));
    add(
        all,
        new Generation(
            3,
            typed(),
            List.of(ObservabilityComponent.FULL_PAYLOADS),
            List.of(OPENINFERENCE, FLAT_ATOF, flatOpenTelemetry(SINCE_4)),
            List.of(),
            true));
    add(
        all,
        new Generation(
            4,
            typed(),
            List.of(ObservabilityComponent.FULL_PAYLOADS),
            List.of(OPENINFERENCE, FLAT_ATOF, flatOpenTelemetry(List.of())),
            ONE_NAME,
            false));
    return all;
  }

  private static void add(Map<Integer, Generation> all, Generation generation) {
    all.put(generation.version(), generation);
  }

  private static LegacyKeys flatOpenTelemetry(List<String> unknown) {
    List<String> keys = new ArrayList<>(FLAT_KEYS);
    keys.removeAll(unknown);
    return new LegacyKeys(
        OpenTelemetryRules.SECTION,
        List.copyOf(keys),
        "observability.legacy_opentelemetry_field",
        "OpenTelemetry ",
        " moved into each typed endpoint in observability config version 3",
        true);
  }

  private static Map<String, ConfigSpec> flat(ConfigSpec atof, ConfigSpec otlp) {
    Map<String, ConfigSpec> sections = new LinkedHashMap<>();
    sections.put("atof", atof);
    sections.put("atif", RelaySpecs.ATIF);
    sections.put("opentelemetry", otlp);
    sections.put("openinference", otlp);
    return sections;
  }

  private static Map<String, ConfigSpec> typed() {
    Map<String, ConfigSpec> sections = new LinkedHashMap<>();
    sections.put("atof", RelaySpecs.ATOF);
    sections.put("atif", RelaySpecs.ATIF);
    sections.put("opentelemetry", RelaySpecs.OPENTELEMETRY);
    return sections;
  }
}
