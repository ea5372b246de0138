package io.fairlead.interceptors.redaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies an action to every text of a payload, or to those at some paths (RFC 6901). */
final class TextRule implements ContentRule {

  /** Not null, so that what is removed differs from what is null. */
  private static final Object REMOVED = new Object();

  /** What only Relay's own view of a request, or of an answer, is sure to have. */
  private static final Set<String> OF_REQUESTS = Set.of("messages", "params", "api_specific");

  private static final Set<String> OF_ANSWERS =
      Set.of("message", "tool_calls", "finish_reason", "api_specific");

  private final TextAction action;
  private final PathSet paths;
  private final BodyShape shape;

  /**
   * A rule.
   *
   * @param paths where; empty: every text
   * @param shape of the bodies the paths are meant for
   */
  TextRule(TextAction action, PathSet paths, BodyShape shape) {
    this.action = action;
    this.paths = paths;
    this.shape = shape;
  }

  /**
   * A model call's payload may be a request with its headers beside the body: paths begin at the
   * body, those of headers with {@code /headers}.
   */
  @Override
  public @Nullable Object data(@Nullable Object value, Place place) {
    return place == Place.LLM && !paths.isEmpty() ? body(value) : whole(value, "");
  }

  /** A payload of a model call in which the paths can be followed; any other does not pass. */
  private @Nullable Object body(@Nullable Object value) {
    if (!(value instanceof Map<?, ?> call) || !isRequest(call)) {
      boolean fits = shape.fitsAnswer(value) || shape.fitsRequest(value);
      return fits && !isOutOfReach(value, OF_ANSWERS) ? whole(value, "") : null;
    }
    Object request = call.get("content");
    boolean gone = paths.contains("") && action.removes();
    if (gone || !shape.fitsRequest(request) || isOutOfReach(request, OF_REQUESTS)) {
      return null;
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("content", whole(request, ""));
    result.put("headers", whole(call.get("headers"), "/headers"));
    return result;
  }

  /** Whether a path means what Relay's view of a body has and the body itself has not. */
  private boolean isOutOfReach(@Nullable Object body, Set<String> names) {
    return names.stream()
        .anyMatch(
            name ->
                paths.hasFirst(name)
                    && !(body instanceof Map<?, ?> members && members.containsKey(name)));
  }

  @Override
  public @Nullable Object metadata(@Nullable Object value, Place place) {
    return whole(value, "");
  }

  @Override
  public @Nullable String text(String value) {
    return paths.isEmpty() ? action.apply(value) : value;
  }

  private static boolean isRequest(Map<?, ?> call) {
    return call.size() == 2 && call.containsKey("content") && call.containsKey("headers");
  }

  private @Nullable Object whole(@Nullable Object value, String path) {
    Object result = walk(value, path);
    return result == REMOVED ? null : result;
  }

  private @Nullable Object walk(@Nullable Object value, String path) {
    boolean meant = paths.isEmpty() || paths.contains(path);
    if (meant && !paths.isEmpty() && action.removes()) {
      return REMOVED;
    }
    if (value instanceof String text) {
      return meant ? changed(text) : text;
    }
    if (value instanceof Map<?, ?> members) {
      return members(members, path);
    }
    return value instanceof List<?> elements ? elements(elements, path) : value;
  }

  private Object changed(String text) {
    String result = action.apply(text);
    return result == null ? REMOVED : result;
  }

  private Map<String, @Nullable Object> members(Map<?, ?> members, String path) {
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    members.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          Object changed = walk(value, paths.isEmpty() ? "" : path + "/" + escaped(name));
          if (changed != REMOVED) {
            result.put(name, changed);
          }
        });
    return result;
  }

  /** An element that is removed leaves a null, so that the others keep their places. */
  private List<@Nullable Object> elements(List<?> elements, String path) {
    List<@Nullable Object> result = new ArrayList<>(elements.size());
    for (int i = 0; i < elements.size(); i++) {
      result.add(whole(elements.get(i), paths.isEmpty() ? "" : path + "/" + i));
    }
    return result;
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
