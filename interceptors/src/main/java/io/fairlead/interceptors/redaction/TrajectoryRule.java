package io.fairlead.interceptors.redaction;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The preset {@code trajectory_context}: what was said goes, the shape of the conversation and what
 * can be counted stays. Tool payloads lose every value; model payloads keep roles, types, models,
 * ids, names of tools, counts and settings.
 */
final class TrajectoryRule implements ContentRule {

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
    return switch (place) {
      case TOOL -> empty(value);
      case CUSTOM_MARK -> emptiesCustomMarks ? empty(value) : value;
      case LLM, SCOPE, MARK -> meaning(value, null);
    };
  }

  @Override
  public @Nullable Object metadata(@Nullable Object value, Place place) {
    if (place == Place.CUSTOM_MARK) {
      return data(value, place);
    }
    if (place == Place.MARK || !(value instanceof Map<?, ?> members)) {
      return meaning(value, null);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    members.forEach(
        (key, member) -> {
          String name = String.valueOf(key);
          boolean trusted = TrajectoryFields.isTrustedMetadata(name, member);
          result.put(name, trusted ? member : meaning(member, name));
        });
    return result;
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
      return members(members, name);
    }
    if (value instanceof List<?> elements) {
      List<@Nullable Object> result = new ArrayList<>(elements.size());
      elements.forEach(element -> result.add(meaning(element, name)));
      return result;
    }
    if (name != null && TrajectoryFields.stays(name, value)) {
      return value;
    }
    return "arguments".equals(name) && value instanceof String text
        ? arguments(text)
        : emptyScalar(value);
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

  /** Arguments of a tool call are JSON inside a text. */
  private String arguments(String text) {
    try {
      return JsonTree.write(empty(JsonTree.parse(text)));
    } catch (IllegalArgumentException e) {
      return replacement;
    }
  }
}
