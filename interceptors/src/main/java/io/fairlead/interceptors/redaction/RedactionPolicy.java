package io.fairlead.interceptors.redaction;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.interceptors.redaction.ContentRule.Place;
import io.fairlead.spi.event.Event;
import io.fairlead.spi.event.EventHeader;
import io.fairlead.spi.event.Json;
import io.fairlead.spi.event.Mark;
import io.fairlead.spi.event.Outcome;
import io.fairlead.spi.event.ScopeCategory;
import io.fairlead.spi.event.ScopeEnd;
import io.fairlead.spi.event.ScopeStart;
import io.fairlead.spi.event.UsageReported;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Applies one rule to the events it covers. Facts that are counted, names and ids stay. */
final class RedactionPolicy {

  private static final String AS_WRITTEN = "fairlead.atof";
  private static final String CATEGORY_PROFILE = "category_profile";
  private static final Set<String> NAMES =
      Set.of("tool_call_id", "model_name", "subtype", "gen_ai.provider.name");
  private static final Set<String> STRUCTURE = Set.of("propagation_root_uuid");

  /** Custom marks whose payload is known to hold what was said. */
  private static final Set<String> KNOWN_MARKS =
      Set.of("llm.chunk", "nemo_relay.llm.optimization", "skill.load");

  private final ContentRule rule;
  private final Surfaces surfaces;

  RedactionPolicy(ContentRule rule, Surfaces surfaces) {
    this.rule = rule;
    this.surfaces = surfaces;
  }

  Event apply(Event event) {
    if (event instanceof ScopeStart start) {
      return start(start);
    }
    if (event instanceof ScopeEnd end) {
      return end(end);
    }
    if (event instanceof Mark mark) {
      return surfaces.mark()
          ? new Mark(header(mark.header(), place(mark)), mark.category(), mark.profile())
          : mark;
    }
    return event instanceof UsageReported report && surfaces.mark() ? usage(report) : event;
  }

  private ScopeStart start(ScopeStart start) {
    return surfaces.coversStart(start.category())
        ? new ScopeStart(
            header(start.header(), place(start.category())),
            start.category(),
            start.attributes(),
            start.profile(),
            start.links())
        : start;
  }

  private ScopeEnd end(ScopeEnd end) {
    boolean covered = surfaces.coversEnd(end.category());
    return new ScopeEnd(
        covered ? header(end.header(), place(end.category())) : end.header(),
        start(end.start()),
        end.profile(),
        covered ? outcome(end.outcome()) : end.outcome(),
        end.timeQuality(),
        end.incomplete());
  }

  private UsageReported usage(UsageReported report) {
    return new UsageReported(
        header(report.header(), Place.MARK),
        report.provider(),
        report.model(),
        report.task(),
        report.calls(),
        report.usage(),
        report.cost(),
        report.unpricedCalls());
  }

  private Outcome outcome(Outcome outcome) {
    String description = outcome.description();
    return description == null
        ? outcome
        : new Outcome(outcome.status(), outcome.errorType(), rule.text(description));
  }

  private static Place place(ScopeCategory category) {
    return switch (category) {
      case LLM -> Place.LLM;
      case TOOL -> Place.TOOL;
      default -> Place.SCOPE;
    };
  }

  private static Place place(Mark mark) {
    boolean known = KNOWN_MARKS.contains(mark.header().name());
    return mark.category() == ScopeCategory.CUSTOM && !known ? Place.CUSTOM_MARK : Place.MARK;
  }

  private EventHeader header(EventHeader header, Place place) {
    if (header.data() == null && header.metadata() == null && header.unknownFields() == null) {
      return header;
    }
    Json data = header.data();
    Json metadata = header.metadata();
    return new EventHeader(
        header.uuid(),
        header.parentUuid(),
        header.traceRoot(),
        header.timeNanos(),
        header.name(),
        header.origin(),
        data == null ? null : json(rule.data(tree(data), place)),
        metadata == null ? null : json(rule.metadata(tree(metadata), place)),
        header.dataSchema(),
        unknown(header.unknownFields(), place));
  }

  /** Members of an ATOF record that nobody knows may hold anything. */
  private @Nullable Json unknown(@Nullable Json fields, Place place) {
    if (fields == null || !(tree(fields) instanceof Map<?, ?> members)) {
      return null;
    }
    @SuppressWarnings("unchecked") // made by JsonTree, whose keys are strings
    Map<String, @Nullable Object> all = (Map<String, @Nullable Object>) members;
    all.replaceAll(
        (name, value) ->
            switch (name) {
              case AS_WRITTEN -> asWritten(value, place);
              default -> STRUCTURE.contains(name) ? value : rule.data(value, place);
            });
    return json(all);
  }

  /** Of the members that say what we would say in other words, one may hold content. */
  private @Nullable Object asWritten(@Nullable Object value, Place place) {
    if (value instanceof Map<?, ?> own && own.get("members") instanceof Map<?, ?> members) {
      @SuppressWarnings("unchecked") // made by JsonTree, whose keys are strings
      Map<String, @Nullable Object> written = (Map<String, @Nullable Object>) members;
      written.computeIfPresent(CATEGORY_PROFILE, (name, profile) -> profile(profile, place));
    }
    return value;
  }

  /** A profile of a call has names and ids of its own; what else it has is content by itself. */
  private @Nullable Object profile(@Nullable Object profile, Place place) {
    if (!(profile instanceof Map<?, ?> members) || (place != Place.LLM && place != Place.TOOL)) {
      return rule.data(profile, place);
    }
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    members.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          result.put(name, NAMES.contains(name) ? value : rule.data(value, place));
        });
    return result;
  }

  private static @Nullable Object tree(Json json) {
    return JsonTree.parse(json.text());
  }

  private static @Nullable Json json(@Nullable Object value) {
    return value == null ? null : new Json(JsonTree.write(value));
  }
}
