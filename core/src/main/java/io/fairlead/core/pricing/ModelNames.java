package io.fairlead.core.pricing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The spellings under which a catalog may know a model, the closest first. Each step is tried on
 * all spellings so far, so that steps combine.
 */
final class ModelNames {

  /** Longer names are no model's. */
  static final int MAX_LENGTH = 256;

  private static final Pattern PATH_PREFIX = Pattern.compile("^(?:models|converse|invoke)/");
  private static final Pattern BEDROCK_SCOPE =
      Pattern.compile(
          "^(?:global|us-gov|us|eu|apac|ap|au|jp|ca|sa|me|af)\\.(?=[a-z0-9-]+\\.[a-z0-9])");
  private static final Pattern BEDROCK_VERSION = Pattern.compile("-v\\d+(?::\\d+)?$");
  private static final Pattern COMPACT_DATE =
      Pattern.compile("[-@](20\\d\\d)(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])$");
  private static final Pattern DATE =
      Pattern.compile("[-@]20\\d\\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\\d|3[01])$");
  private static final Pattern DOTTED = Pattern.compile("(\\d)\\.(\\d)");
  private static final Pattern DASHED = Pattern.compile("(\\d)-(\\d{1,2})(?!\\d)");
  private static final Pattern ROUTING_VARIANT = Pattern.compile(":(?:nitro|floor|beta)$");
  private static final Pattern FINE_TUNE = Pattern.compile("^(ft:[^:]+):.*$");

  /** In the order of preference. */
  private static final List<UnaryOperator<String>> STEPS =
      List.of(
          name -> PATH_PREFIX.matcher(name).replaceFirst(""),
          ModelNames::lastSegment,
          name -> BEDROCK_SCOPE.matcher(name).replaceFirst(""),
          name -> BEDROCK_VERSION.matcher(name).replaceFirst(""),
          name -> COMPACT_DATE.matcher(name).replaceFirst("-$1-$2-$3"),
          name -> DATE.matcher(name).replaceFirst(""),
          name -> claude(name, DOTTED, "$1-$2"),
          name -> claude(name, DASHED, "$1.$2"),
          name -> ROUTING_VARIANT.matcher(name).replaceFirst(""),
          name -> FINE_TUNE.matcher(name).replaceFirst("$1"),
          // A variant may hide a date or a version.
          name -> DATE.matcher(name).replaceFirst(""),
          name -> claude(name, DOTTED, "$1-$2"));

  private ModelNames() {}

  /** The form names are compared in: empty when it is no name. */
  static String normalize(String model) {
    return model.length() > MAX_LENGTH ? "" : model.trim().toLowerCase(Locale.ROOT);
  }

  /** The spellings of a normalized name. */
  static List<String> candidates(String model) {
    Set<String> names = new LinkedHashSet<>();
    names.add(model);
    for (UnaryOperator<String> step : STEPS) {
      for (String name : new ArrayList<>(names)) {
        String next = step.apply(name);
        if (!next.isEmpty()) {
          names.add(next);
        }
      }
    }
    return List.copyOf(names);
  }

  private static String lastSegment(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private static String claude(String name, Pattern pattern, String replacement) {
    Matcher matcher = pattern.matcher(name);
    return name.contains("claude") ? matcher.replaceAll(replacement) : name;
  }
}
