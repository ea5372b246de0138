package io.fairlead.interceptors.redaction;

import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The preset {@code trajectory_context}: what was said goes. Of model calls the shape of the
 * conversation and what can be counted stays; of everything else nothing.
 */
final class TrajectoryRule implements ContentRule {

  private static final String STATUS_CODE = "otel.status_code";
  private static final Set<String> STATUS_CODES = Set.of("OK", "ERROR", "UNSET");
  private static final String ARGUMENTS = "arguments";
  private static final String NO_ARGUMENTS = "{}";

  private final String replacement;
  private final boolean emptiesCustomMarks;

  /**
   * The rule.
   *
   * @param replacement stands for every text that goes
   * @param emptiesCustomMarks whether payloads of custom marks lose every value; else they stay
   */
  TrajectoryRule(String replacement, boolean emptiesCustomMarks) {
    this.replacement = replacement;
    this.emptiesCustomMarks = emptiesCustomMarks;
  }

  @Override
  public @Nullable Object data(@Nullable Object value, Place place) {
    if (value == null) {
      return null;
    }
    return switch (place) {
      case CUSTOM_MARK -> emptiesCustomMarks ? empty(value) : value;
      case LLM -> TrajectoryFields.isConversation(value) ? meaning(value, null) : Map.of();
      case TOOL, SCOPE, MARK -> Map.of();
    };
  }

  @Override
  public @Nullable Object metadata(@Nullable Object value, Place place) {
    if (place == Place.CUSTOM_MARK) {
      return data(value, place);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    if (place != Place.MARK
        && value instanceof Map<?, ?> members
        && members.get(STATUS_CODE) instanceof String code
        && STATUS_CODES.contains(code)) {
      result.put(STATUS_CODE, code);
    }
    return value == null ? null : result;
  }

  @Override
  public @Nullable String text(String value) {
    return replacement;
  }

  /** Every value goes, the shape stays. */
  private @Nullable Object empty(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      Map<String, @Nullable Object> result = new LinkedHashMap<>();
      members.forEach((key, member) -> result.put(String.valueOf(key), empty(member)));
      return result;
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> result = new ArrayList<>(elements.size());
      elements.forEach(element -> result.add(empty(element)));
      return result;
    }
    return emptyScalar(value);
  }

  private @Nullable Object emptyScalar(@Nullable Object value) {
    if (value instanceof Boolean) {
      return false;
    }
    if (value instanceof NumberText) {
      return NumberText.of(0);
    }
    return value == null ? null : replacement;
  }

  /** What can be said of a value of this name stays. */
  private @Nullable Object meaning(@Nullable Object value, @Nullable String name) {
    if (value instanceof Map<?, ?> members) {
      return name != null && TrajectoryFields.isFree(name) ? Map.of() : members(members, name);
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> result = new ArrayList<>(elements.size());
      elements.forEach(element -> result.add(meaning(element, name)));
      return result;
    }
    if (name != null && TrajectoryFields.stays(name, value)) {
      return value;
    }
    return ARGUMENTS.equals(name) && value instanceof String ? NO_ARGUMENTS : emptyScalar(value);
  }

  private Map<String, @Nullable Object> members(Map<?, ?> members, @Nullable String container) {
    boolean namesTool = TrajectoryFields.namesTool(container, members);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    members.forEach(
        (key, member) -> {
          String name = String.valueOf(key);
          boolean toolName = namesTool && name.equals("name") && member instanceof String;
          result.put(name, toolName ? member : meaning(member, name));
        });
    return result;
  }
}
