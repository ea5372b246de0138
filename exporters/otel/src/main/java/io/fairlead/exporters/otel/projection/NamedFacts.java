package io.fairlead.exporters.otel.projection;

import io.fairlead.atof.RecordMembers;
import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.NumberText;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a start or an end states about its scope under names of the conventions, or under the short
 * ones NeMo Relay knows for them: in the category profile, the metadata and the payload, in this
 * order. A name may also stand one level down, in {@code usage}, {@code request} or {@code
 * response}.
 */
final class NamedFacts {

  private static final List<String> NESTED = List.of("usage", "request", "response");

  private final Map<String, @Nullable Object> profile;
  private final Map<String, @Nullable Object> metadata;
  private final Map<String, @Nullable Object> payload;

  private NamedFacts(
      Map<String, @Nullable Object> profile,
      Map<String, @Nullable Object> metadata,
      Map<String, @Nullable Object> payload) {
    this.profile = profile;
    this.metadata = metadata;
    this.payload = payload;
  }

  /**
   * What an event states.
   *
   * @param content whether its payload may be looked at
   */
  static NamedFacts of(Event event, boolean content) {
    EventHeader header = event.header();
    return new NamedFacts(
        JsonTree.object(RecordMembers.categoryProfile(event)),
        JsonTree.object(header.metadata()),
        content ? JsonTree.object(header.data()) : Map.of());
  }

  /** A text; a number or a truth value counts as one. */
  @Nullable String text(List<String> names) {
    return first(names, NamedFacts::scalar);
  }

  /** A text that is not blank. */
  @Nullable String word(List<String> names) {
    return first(names, NamedFacts::notBlank);
  }

  /** A whole number. */
  @Nullable Long integer(List<String> names) {
    return first(names, value -> value instanceof NumberText number ? whole(number) : (Long) null);
  }

  /** Texts, or one of them. */
  @Nullable List<String> texts(List<String> names) {
    return first(names, NamedFacts::list);
  }

  /**
   * A text that is not blank, from the profile or the metadata alone: the payload of a tool is the
   * application's, so that an argument named {@code description} does not describe the tool.
   */
  @Nullable String stated(List<String> names) {
    for (Map<String, @Nullable Object> members : List.of(profile, metadata)) {
      for (String name : names) {
        String text = notBlank(members.get(name));
        if (text != null) {
          return text;
        }
      }
    }
    return null;
  }

  private <T> @Nullable T first(
      List<String> names, Function<@Nullable Object, @Nullable T> reading) {
    for (String name : names) {
      T fact = reading.apply(profile.get(name));
      if (fact != null) {
        return fact;
      }
    }
    for (Map<String, @Nullable Object> members : List.of(metadata, payload)) {
      for (String name : names) {
        T fact = reading.apply(member(members, name));
        if (fact != null) {
          return fact;
        }
      }
    }
    return null;
  }

  private static @Nullable Object member(Map<String, @Nullable Object> members, String name) {
    if (members.containsKey(name)) {
      return members.get(name);
    }
    for (String container : NESTED) {
      if (members.get(container) instanceof Map<?, ?> inner && inner.containsKey(name)) {
        return inner.get(name);
      }
    }
    return null;
  }

  private static @Nullable String scalar(@Nullable Object value) {
    if (value instanceof NumberText || value instanceof Boolean) {
      return JsonTree.write(value);
    }
    return value instanceof String text ? text : null;
  }

  private static @Nullable String notBlank(@Nullable Object value) {
    return value instanceof String text && !text.isBlank() ? text : null;
  }

  private static @Nullable Long whole(NumberText number) {
    return number.asLong();
  }

  private static @Nullable List<String> list(@Nullable Object value) {
    String one = notBlank(value);
    if (one != null) {
      return List.of(one);
    }
    return value instanceof List<?> texts
            && !texts.isEmpty()
            && texts.stream().allMatch(String.class::isInstance)
        ? texts.stream().map(String.class::cast).toList()
        : null;
  }
}
