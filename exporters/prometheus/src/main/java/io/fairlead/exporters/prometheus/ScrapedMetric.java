package io.fairlead.exporters.prometheus;

import io.fairlead.exporters.otel.metrics.EventMetrics;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.Data;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.MetricDataType;
import io.opentelemetry.sdk.resources.Resource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A metric that marks name, fit for a scrape: with a help text, and with no unit that would become
 * part of its name. Of metrics whose names are one to Prometheus the first is shown: a page that
 * names a series twice is refused as a whole.
 *
 * @param metric the metric as it is
 */
record ScrapedMetric(MetricData metric) implements MetricData {

  private static final String HELP = "Measured by marks.";

  /** Names the format itself makes of a metric's name, or keeps for itself. */
  private static final Pattern SUFFIX =
      Pattern.compile("_(total|count|sum|bucket|created|info|gcount|gsum)$");

  private static final Set<String> RESERVED = Set.of("target", "otel_scope");

  /** The metrics to show, ours before those of marks. */
  static List<MetricData> of(Collection<MetricData> metrics) {
    List<MetricData> shown = new ArrayList<>(metrics.size());
    Set<String> names = new HashSet<>(RESERVED);
    for (MetricData metric : metrics) {
      if (!EventMetrics.isMeasured(metric)) {
        names.add(base(metric.getName()));
        shown.add(metric);
      }
    }
    for (MetricData metric : metrics) {
      if (EventMetrics.isMeasured(metric) && names.add(base(metric.getName()))) {
        shown.add(new ScrapedMetric(metric));
      }
    }
    return shown;
  }

  private static String base(String name) {
    String scraped = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_");
    return SUFFIX.matcher(scraped).replaceFirst("");
  }

  @Override
  public Resource getResource() {
    return metric.getResource();
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return metric.getInstrumentationScopeInfo();
  }

  @Override
  public String getName() {
    return metric.getName();
  }

  @Override
  public String getDescription() {
    return metric.getDescription().isEmpty() ? HELP : metric.getDescription();
  }

  @Override
  public String getUnit() {
    return "";
  }

  @Override
  public MetricDataType getType() {
    return metric.getType();
  }

  @Override
  public Data<?> getData() {
    return metric.getData();
  }
}
