package io.fairlead.core.observability;

import io.fairlead.core.config.WhiteSpace;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The {@code atof} section with typed sinks, and its flat forerunner. */
final class AtofRules {

  private static final List<String> MODES = List.of("append", "overwrite");
  private static final List<String> TRANSPORTS = List.of("http_post", "websocket", "ndjson");
  private static final List<String> NAME_POLICIES = List.of("preserve", "replace_dots");
  private static final HeaderRules HEADERS = new HeaderRules("ATOF", null, false);

  private AtofRules() {}

  /** Generation 1: one file, streams in {@code endpoints}. */
  static void flat(Section section) {
    section.oneOf("mode", MODES, "ATOF mode must be 'append' or 'overwrite'");
    for (Section endpoint : section.elements("endpoints")) {
      stream(endpoint, false);
    }
  }

  /** Generations 2 to 4. */
  static void typed(Section section) {
    List<Section> sinks = section.elements("sinks");
    if (section.enabled() && sinks.isEmpty()) {
      section.unsupported("sinks", "ATOF requires at least one configured sink when enabled");
    }
    Set<String> names = new HashSet<>();
    for (Section sink : sinks) {
      String type = sink.text("type");
      sink.oneOfStrictly(
          "type", List.of("file", "stream"), "ATOF sink type must be 'file' or 'stream'");
      if ("file".equals(type)) {
        sink.oneOf("mode", MODES, label(sink, "mode") + " must be 'append' or 'overwrite'");
      } else if ("stream".equals(type)) {
        name(sink, names);
        stream(sink, true);
      }
    }
  }

  private static void name(Section sink, Set<String> names) {
    String name = sink.text("name");
    if (name == null) {
      return;
    }
    if (WhiteSpace.isBlank(name)) {
      sink.unsupported("name", label(sink, "name") + " must be non-empty");
    } else if (WhiteSpace.isPadded(name)) {
      sink.unsupported(
          "name", label(sink, "name") + " must not have leading or trailing whitespace");
    } else if (!names.add(name)) {
      sink.unsupported("name", "ATOF stream sink name \"" + name + "\" must be unique");
    }
  }

  private static void stream(Section stream, boolean schemeMatters) {
    stream.required("url");
    url(stream, schemeMatters);
    stream.oneOf(
        "transport",
        TRANSPORTS,
        label(stream, "transport") + " must be 'http_post', 'websocket', or 'ndjson'");
    if (stream.number("timeout_millis", 1) == 0) {
      stream.unsupported(
          "timeout_millis", label(stream, "timeout_millis") + " must be greater than 0");
    }
    stream.oneOf(
        "field_name_policy",
        NAME_POLICIES,
        label(stream, "field_name_policy") + " must be 'preserve' or 'replace_dots'");
    HEADERS.check(stream);
  }

  private static void url(Section stream, boolean schemeMatters) {
    String url = stream.text("url");
    String given = stream.text("transport");
    String transport = given == null ? "http_post" : given;
    if (url == null) {
      return;
    }
    if (WhiteSpace.isBlank(url)) {
      stream.unsupported("url", label(stream, "url") + " must be non-empty");
    } else if (!schemeMatters) {
      if (Urls.parse(url, Urls.ANY) == null) {
        stream.unsupported("url", label(stream, "url") + " must be a valid URL");
      }
    } else if (TRANSPORTS.contains(transport)) {
      List<String> schemes = transport.equals("websocket") ? Urls.WEB_SOCKET : Urls.HTTP;
      if (Urls.parse(url, schemes) == null) {
        stream.unsupported(
            "url",
            label(stream, "url") + " must be a valid URL for transport \"" + transport + "\"");
      }
    }
  }

  private static String label(Section section, String key) {
    return "ATOF " + section.field(key);
  }
}
