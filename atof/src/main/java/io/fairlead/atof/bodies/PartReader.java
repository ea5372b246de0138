package io.fairlead.atof.bodies;

import static io.fairlead.atof.bodies.Fields.object;
import static io.fairlead.atof.bodies.Fields.text;
import static io.fairlead.atof.bodies.Fields.unpacked;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads parts that say their own type: those of OpenAI, Anthropic and OpenClaw. */
final class PartReader {

  private static final Map<String, Function<Map<?, ?>, @Nullable Part>> READERS =
      Map.ofEntries(
          Map.entry("text", part -> said(part, "text")),
          Map.entry("input_text", part -> said(part, "text")),
          Map.entry("output_text", part -> said(part, "text")),
          Map.entry("refusal", PartReader::refused),
          Map.entry("thinking", part -> thought(part, "thinking")),
          Map.entry("reasoning", PartReader::summary),
          Map.entry("reasoning_text", part -> thought(part, "text")),
          Map.entry("summary_text", part -> thought(part, "text")),
          Map.entry("function", PartReader::chatCall),
          Map.entry("function_call", part -> call(part, "call_id", "arguments")),
          Map.entry("tool_use", part -> call(part, "id", "input")),
          Map.entry("toolCall", part -> call(part, "id", "arguments")),
          Map.entry("function_call_output", part -> result(part, "call_id", "output")),
          Map.entry("tool_result", part -> result(part, "tool_use_id", "content")),
          Map.entry("image_url", PartReader::chatImage),
          Map.entry("input_image", part -> media("image", null, part, "image_url")),
          Map.entry("image", part -> sourced("image", part)),
          Map.entry("document", part -> sourced("file", part)),
          Map.entry("file", part -> media("file", null, object(part, "file"), "file_url")),
          Map.entry("input_file", part -> media("file", null, part, "file_url")),
          Map.entry("input_audio", part -> audio(object(part, "input_audio"))));

  private PartReader() {}

  /** The parts of a message's content: a text, a list of parts, or one part. */
  static List<Part> parts(@Nullable Object content) {
    List<Part> parts = new ArrayList<>();
    if (content instanceof String text) {
      parts.add(new Part.Text(text));
    } else if (content instanceof List<?> list) {
      list.forEach(
          element -> parts.addAll(element instanceof List<?> ? List.of() : parts(element)));
    } else if (content instanceof Map<?, ?> members) {
      parts.add(part(members));
    }
    return parts;
  }

  /** One part. */
  static Part part(Map<?, ?> members) {
    String type = text(members, "type", "unknown");
    Function<Map<?, ?>, @Nullable Part> reader = READERS.get(type);
    Part part = reader == null ? null : reader.apply(members);
    return part != null ? part : other(type, members);
  }

  /** A part as it was written. */
  static Part other(String type, Map<?, ?> members) {
    Object rest = Inline.without(members);
    return new Part.Other(type, rest == null ? Map.of() : rest);
  }

  private static @Nullable Part said(Map<?, ?> part, String name) {
    String text = text(part, name);
    return text == null ? null : new Part.Text(text);
  }

  private static @Nullable Part refused(Map<?, ?> part) {
    String text = text(part, "refusal");
    return text == null ? null : new Part.Refusal(text);
  }

  private static @Nullable Part thought(Map<?, ?> part, String name) {
    String text = text(part, name);
    return text == null ? null : new Part.Reasoning(text);
  }

  /** An item of thoughts, of which only a summary shows. */
  private static @Nullable Part summary(Map<?, ?> item) {
    List<String> texts = new ArrayList<>();
    for (String name : List.of("summary", "content")) {
      for (Map<?, ?> part : Fields.objects(item.get(name))) {
        String text = text(part, "text");
        if (text != null) {
          texts.add(text);
        }
      }
    }
    return texts.isEmpty() ? thought(item, "text") : new Part.Reasoning(String.join("\n", texts));
  }

  private static @Nullable Part chatCall(Map<?, ?> call) {
    Map<?, ?> function = object(call, "function");
    return function.isEmpty()
        ? null
        : toolCall(text(call, "id"), function, function.get("arguments"));
  }

  private static @Nullable Part call(Map<?, ?> part, String id, String arguments) {
    return toolCall(text(part, id), part, part.get(arguments));
  }

  static @Nullable Part toolCall(@Nullable String id, Map<?, ?> named, @Nullable Object arguments) {
    String name = text(named, "name");
    return name == null ? null : new Part.ToolCall(id, name, unpacked(arguments));
  }

  private static Part result(Map<?, ?> part, String id, String result) {
    return new Part.ToolResult(text(part, id), Inline.without(part.get(result)));
  }

  private static Part chatImage(Map<?, ?> part) {
    Map<?, ?> image = object(part, "image_url");
    return media(
        "image", null, image.isEmpty() ? part : image, image.isEmpty() ? "image_url" : "url");
  }

  private static Part sourced(String kind, Map<?, ?> part) {
    Map<?, ?> source = object(part, "source");
    return media(kind, text(source, "media_type"), source, "url");
  }

  private static Part audio(Map<?, ?> audio) {
    String format = text(audio, "format");
    return new Part.Media("audio", format == null ? null : "audio/" + format, null, null);
  }

  private static Part media(
      String kind, @Nullable String mediaType, Map<?, ?> from, String uriName) {
    String uri = text(from, uriName);
    return new Part.Media(
        kind,
        mediaType != null ? mediaType : Inline.mediaType(uri),
        Inline.reference(uri),
        text(from, "file_id"));
  }
}
