package io.fairlead.core.observability;

import io.fairlead.core.config.ProviderValidation;
import io.fairlead.spi.diagnostic.Level;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings what an exporter says about the current form of its section back to what the author wrote:
 * flat sections and files have no lists, and logs and metrics are sections of their own.
 */
final class AuthorsForm implements ProviderValidation.Form {

  private static final Pattern ELEMENT = Pattern.compile("(endpoints|sinks)\\[(\\d+)]\\.?(.*)");
  private static final Pattern SIGNAL = Pattern.compile("(logs|metrics)\\.(.+)");

  private final String section;
  private final List<String> flat;

  /**
   * A form.
   *
   * @param flat the sections that became the endpoints, in their order; empty when endpoints were
   *     written as such
   */
  AuthorsForm(String section, List<String> flat) {
    this.section = section;
    this.flat = List.copyOf(flat);
  }

  @Override
  public ProviderValidation.Place place(String field) {
    Matcher element = ELEMENT.matcher(field);
    if (!flat.isEmpty() && element.matches()) {
      return flatPlace(element.group(1), Integer.parseInt(element.group(2)), element.group(3));
    }
    Matcher signal = SIGNAL.matcher(field);
    if (!section.equals(OpenTelemetryRules.SECTION) || !signal.matches()) {
      return new ProviderValidation.Place(section, field);
    }
    String rest = signal.group(2);
    // Faults of headers are the section's, as with the rules for headers.
    return new ProviderValidation.Place(
        rest.contains(".headers.") ? section : SignalRules.component(signal.group(1)), rest);
  }

  private ProviderValidation.Place flatPlace(String list, int index, String rest) {
    if (list.equals("sinks")) {
      // The file comes first, the streams follow.
      String field = index == 0 ? rest : "endpoints[" + (index - 1) + "]." + rest;
      return new ProviderValidation.Place(section, field);
    }
    String written = index < flat.size() ? flat.get(index) : section;
    return new ProviderValidation.Place(written, rest.isEmpty() ? "endpoint" : rest);
  }

  /** Two flat sections may share a destination: the releases that had them used other ids. */
  @Override
  public Level level(String code, Level level) {
    return !flat.isEmpty() && code.equals(OpenTelemetryRules.COLLISION) ? Level.WARNING : level;
  }
}
