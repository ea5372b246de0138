package io.fairlead.core.config;

import io.fairlead.spi.config.ConfigNode;
import io.fairlead.spi.diagnostic.SourcePosition;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.SpecVersion;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Turns the events of a YAML stream into our tree; the first thing that is refused ends it. */
final class YamlTree {

  private static final String MAP = "tag:yaml.org,2002:map";
  private static final String SEQUENCE = "tag:yaml.org,2002:seq";
  private static final String MERGE = "<<";

  private final TextLines lines;
  private final Iterator<Event> events;

  YamlTree(TextLines lines, Iterator<Event> events) {
    this.lines = lines;
    this.events = events;
  }

  /** What a document may not hold. */
  static final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final String reason;
    private final transient @Nullable Mark mark;

    Refused(String reason, @Nullable Mark mark) {
      super(reason, null, false, false);
      this.reason = reason;
      this.mark = mark;
    }

    String reason() {
      return reason;
    }

    @Nullable Mark mark() {
      return mark;
    }
  }

  ConfigNode.Table convert() throws Refused {
    events.next(); // the start of the stream
    Event first = events.next();
    if (!(first instanceof DocumentStartEvent start)) {
      return ConfigNode.Table.EMPTY;
    }
    version(start);
    ConfigNode.Table root = root(events.next());
    events.next(); // the end of the document
    Event next = events.next();
    if (next instanceof DocumentStartEvent) {
      throw refused("a second document is not read; keep to one", next);
    }
    return root;
  }

  private static void version(DocumentStartEvent start) throws Refused {
    SpecVersion version = start.getSpecVersion().orElse(null);
    if (version != null && (version.getMajor() != 1 || version.getMinor() != 2)) {
      throw refused("only YAML 1.2 is read", start);
    }
  }

  private ConfigNode.Table root(Event event) throws Refused {
    if (event instanceof ScalarEvent scalar && scalar.isPlain() && scalar.getValue().isEmpty()) {
      return ConfigNode.Table.EMPTY;
    }
    if (node(event, 0) instanceof ConfigNode.Table table) {
      return new ConfigNode.Table(table.entries(), null);
    }
    throw refused("the document must be a mapping of keys to values", event);
  }

  private ConfigNode node(Event event, int depth) throws Refused {
    if (depth > TomlReader.MAX_DEPTH) {
      throw refused("the document is nested too deeply", event);
    }
    if (event instanceof AliasEvent) {
      throw refused("aliases are not supported; write the value again", event);
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw refused("anchors are not supported", event);
    }
    SourcePosition position = position(event);
    if (event instanceof MappingStartEvent mapping) {
      tag(mapping.getTag(), MAP, event);
      return mapping(position, depth);
    }
    if (event instanceof SequenceStartEvent sequence) {
      tag(sequence.getTag(), SEQUENCE, event);
      return sequence(position, depth);
    }
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, position);
    }
    throw refused("the document cannot be parsed", event);
  }

  private ConfigNode.Table mapping(@Nullable SourcePosition position, int depth) throws Refused {
    Map<String, ConfigNode.Entry> entries = new LinkedHashMap<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      String key = key(event);
      if (entries.containsKey(key)) {
        throw refused("the key is there twice", event);
      }
      ConfigNode value = node(events.next(), depth + 1);
      entries.put(key, new ConfigNode.Entry(position(event), value));
      event = events.next();
    }
    return new ConfigNode.Table(entries, position);
  }

  private static String key(Event event) throws Refused {
    if (!(event instanceof ScalarEvent scalar)) {
      throw refused("a key must be a plain word or a string", event);
    }
    if (scalar.getAnchor().isPresent()) {
      throw refused("anchors are not supported", event);
    }
    tag(scalar.getTag(), YamlScalar.STRING, event);
    if (scalar.isPlain() && scalar.getValue().equals(MERGE)) {
      throw refused("merge keys are not supported; write the keys again", event);
    }
    if (scalar.isPlain() && scalar.getValue().isEmpty()) {
      throw refused("a key is missing", event);
    }
    return scalar.getValue();
  }

  private ConfigNode sequence(@Nullable SourcePosition position, int depth) throws Refused {
    List<ConfigNode> elements = new ArrayList<>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      elements.add(node(event, depth + 1));
      event = events.next();
    }
    return new ConfigNode.Array(elements, position);
  }

  private static ConfigNode scalar(ScalarEvent scalar, @Nullable SourcePosition position)
      throws Refused {
    try {
      return YamlScalar.of(
          scalar.getValue(), scalar.isPlain(), scalar.getTag().orElse(null), position);
    } catch (YamlScalar.NoValue e) {
      throw refused(String.valueOf(e.getMessage()), scalar);
    }
  }

  private static void tag(Optional<String> tag, String only, Event event) throws Refused {
    if (tag.isPresent() && !tag.get().equals(only) && !tag.get().equals("!")) {
      throw refused(YamlScalar.UNKNOWN_TAG, event);
    }
  }

  private @Nullable SourcePosition position(Event event) {
    return event
        .getStartMark()
        .map(mark -> lines.position(mark.getLine() + 1, mark.getColumn() + 1))
        .orElse(null);
  }

  private static Refused refused(String reason, Event event) {
    return new Refused(reason, event.getStartMark().orElse(null));
  }
}
