package io.fairlead.interceptors.redaction;

import static io.fairlead.interceptors.redaction.RedactionFields.ACTION;
import static io.fairlead.interceptors.redaction.RedactionFields.BUILTIN;
import static io.fairlead.interceptors.redaction.RedactionFields.CUSTOM_MARKS;
import static io.fairlead.interceptors.redaction.RedactionFields.DETECTOR;
import static io.fairlead.interceptors.redaction.RedactionFields.EMPTY_CUSTOM_MARKS;
import static io.fairlead.interceptors.redaction.RedactionFields.ENABLED;
import static io.fairlead.interceptors.redaction.RedactionFields.MASK_CHAR;
import static io.fairlead.interceptors.redaction.RedactionFields.MOST_CHARACTERS;
import static io.fairlead.interceptors.redaction.RedactionFields.PATTERN;
import static io.fairlead.interceptors.redaction.RedactionFields.PRESET;
import static io.fairlead.interceptors.redaction.RedactionFields.PRIORITY;
import static io.fairlead.interceptors.redaction.RedactionFields.PROFILES;
import static io.fairlead.interceptors.redaction.RedactionFields.REPLACEMENT;
import static io.fairlead.interceptors.redaction.RedactionFields.TARGET_PATHS;
import static io.fairlead.interceptors.redaction.RedactionFields.TARGET_PATH_GLOBS;
import static io.fairlead.interceptors.redaction.RedactionFields.UNMASKED_PREFIX;
import static io.fairlead.interceptors.redaction.RedactionFields.UNMASKED_SUFFIX;

import com.google.re2j.Pattern;
import io.fairlead.spi.ComponentContext;
import io.fairlead.spi.Interceptor;
import io.fairlead.spi.InterceptorProvider;
import io.fairlead.spi.ValidationContext;
import io.fairlead.spi.config.ConfigSpec;
import io.fairlead.spi.config.ConfigView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Kind {@code pii_redaction}. */
public final class PiiRedactionProvider implements InterceptorProvider {

  /** Called by the service loader. */
  public PiiRedactionProvider() {}

  @Override
  public String kind() {
    return "pii_redaction";
  }

  @Override
  public ConfigSpec configSpec() {
    return RedactionFields.SPEC;
  }

  @Override
  public void validate(ConfigView config, ValidationContext context) {
    new RedactionRules(context).check(config);
  }

  @Override
  public Interceptor create(ComponentContext context) {
    ConfigView config = context.config();
    ContentLimit limit = new ContentLimit(Math.toIntExact(config.integer(MOST_CHARACTERS)));
    BodyShape shape = BodyShape.of(config.stringOrNull(RedactionFields.CODEC));
    if (!config.has(PROFILES)) {
      return new RedactionInterceptor(
          List.of(new RedactionPolicy(rule(config.table(BUILTIN), shape), surfaces(config))),
          limit);
    }
    List<ConfigView> profiles = new ArrayList<>(config.tables(PROFILES));
    profiles.removeIf(profile -> !profile.bool(ENABLED));
    profiles.sort(Comparator.comparingLong(profile -> profile.integer(PRIORITY)));
    return new RedactionInterceptor(
        profiles.stream()
            .map(profile -> new RedactionPolicy(rule(profile.table(BUILTIN), shape), Surfaces.ALL))
            .toList(),
        limit);
  }

  private static Surfaces surfaces(ConfigView config) {
    return new Surfaces(
        config.bool(RedactionFields.INPUT),
        config.bool(RedactionFields.OUTPUT),
        config.bool(RedactionFields.MARK),
        config.bool(RedactionFields.TOOL_INPUT),
        config.bool(RedactionFields.TOOL_OUTPUT));
  }

  private static ContentRule rule(ConfigView builtin, BodyShape shape) {
    if (builtin.has(PRESET)) {
      return new TrajectoryRule(
          builtin.string(REPLACEMENT), EMPTY_CUSTOM_MARKS.equals(builtin.string(CUSTOM_MARKS)));
    }
    return new TextRule(
        action(builtin),
        new PathSet(builtin.strings(TARGET_PATHS), builtin.strings(TARGET_PATH_GLOBS)),
        shape);
  }

  private static TextAction action(ConfigView builtin) {
    Detector detector = detector(builtin);
    Pattern matcher = matcher(builtin, detector);
    String action = builtin.string(ACTION);
    return switch (action) {
      case "hash" -> TextAction.change(matcher, TextAction::sha256);
      case "mask" -> TextAction.change(matcher, mask(builtin, detector));
      case "redact", "regex_replace" ->
          TextAction.replace(
              present(matcher, action), new Replacement(builtin.string(REPLACEMENT)));
      default -> TextAction.remove();
    };
  }

  private static UnaryOperator<String> mask(ConfigView builtin, @Nullable Detector detector) {
    String mask = builtin.string(MASK_CHAR);
    if (detector != null && !builtin.has(UNMASKED_PREFIX) && !builtin.has(UNMASKED_SUFFIX)) {
      return found -> detector.mask(found, mask);
    }
    int prefix = length(builtin, UNMASKED_PREFIX);
    int suffix = length(builtin, UNMASKED_SUFFIX);
    return found -> Masks.keep(found, mask, prefix, suffix);
  }

  private static int length(ConfigView builtin, String field) {
    Long length = builtin.integerOrNull(field);
    return length == null ? 0 : Math.toIntExact(length);
  }

  private static @Nullable Detector detector(ConfigView builtin) {
    String name = builtin.stringOrNull(DETECTOR);
    return name == null ? null : Detector.ofWireName(name);
  }

  private static @Nullable Pattern matcher(ConfigView builtin, @Nullable Detector detector) {
    String pattern = builtin.stringOrNull(PATTERN);
    if (pattern != null) {
      return Pattern.compile(pattern);
    }
    return detector == null ? null : detector.pattern();
  }

  /** A configuration softened by policy may lack it; redacting nothing would be worse. */
  private static Pattern present(@Nullable Pattern matcher, String action) {
    if (matcher == null) {
      throw new IllegalArgumentException("action '" + action + "' needs a pattern or a detector");
    }
    return matcher;
  }
}
