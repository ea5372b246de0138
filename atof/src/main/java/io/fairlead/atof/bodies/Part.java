package io.fairlead.atof.bodies;

import org.jspecify.annotations.Nullable;

/**
 * A part of a message. JSON values in it are those of {@link io.fairlead.atof.json.JsonTree}; bytes
 * that a body holds inline are never part of it.
 */
public sealed interface Part {

  /** What is said. */
  record Text(String text) implements Part {}

  /** What a model says instead of an answer. */
  record Refusal(String text) implements Part {}

  /** What the model thought, as far as it shows it. */
  record Reasoning(String text) implements Part {}

  /**
   * An image, a sound, a video or a file.
   *
   * @param kind {@code image}, {@code audio}, {@code video} or {@code file}
   * @param mediaType its MIME type, or null
   * @param uri where it lies, or null when it was inline or is known by an id
   * @param fileId the provider's id of it, or null
   */
  record Media(
      String kind, @Nullable String mediaType, @Nullable String uri, @Nullable String fileId)
      implements Part {}

  /**
   * The wish to call a tool.
   *
   * @param id what its result refers to, or null
   * @param name name of the tool
   * @param arguments a JSON value; the text itself where a text of arguments is no JSON
   */
  record ToolCall(@Nullable String id, String name, @Nullable Object arguments) implements Part {}

  /**
   * What a tool gave back.
   *
   * @param id the call it belongs to, or null
   * @param result a JSON value
   */
  record ToolResult(@Nullable String id, @Nullable Object result) implements Part {}

  /**
   * Something else.
   *
   * @param type its type, as the body has it
   * @param value the part as it was written, without inline bytes
   */
  record Other(String type, Object value) implements Part {}
}
