package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of trajectories after a template with {@code {session_id}} and {@code
 * {metadata.a.b:-fallback}}. A value from metadata can name one part of a path and never lead out
 * of it: what does not belong into a name becomes a dash.
 */
final class FileNames {

  private static final Pattern METADATA =
      Pattern.compile("\\{metadata\\.([A-Za-z0-9_.-]+?)(?::-([^}]*))?}");
  private static final Pattern FOREIGN = Pattern.compile("(?:[^A-Za-z0-9._~-]|\\.\\.)+");
  private static final int LONGEST_PART = 255;

  private final String template;

  FileNames(String template) {
    this.template = template;
  }

  /** Why a trajectory has no name. */
  static final class UnnamedException extends Exception {
    private static final long serialVersionUID = 1;

    UnnamedException(String message) {
      super(message);
    }
  }

  /** The relative path of a trajectory. */
  String of(UUID session, @Nullable Object metadata) throws UnnamedException {
    Matcher placeholder = METADATA.matcher(template.replace("{session_id}", session.toString()));
    StringBuilder path = new StringBuilder();
    while (placeholder.find()) {
      String value = value(placeholder.group(1), placeholder.group(2), metadata);
      placeholder.appendReplacement(path, Matcher.quoteReplacement(value));
    }
    placeholder.appendTail(path);
    for (String part : path.toString().split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.length() > LONGEST_PART) {
        throw new UnnamedException("filename_template gives a name that is no safe relative path");
      }
    }
    return path.toString();
  }

  private static String value(String selector, @Nullable String fallback, @Nullable Object metadata)
      throws UnnamedException {
    Object value = metadata;
    for (String name : selector.split("\\.", -1)) {
      if (value != null && !(value instanceof Members)) {
        throw new UnnamedException(
            "filename_template: metadata."
                + selector
                + " leads through something that is no table");
      }
      value = value instanceof Members members ? members.get(name) : null;
    }
    if (value == null && fallback != null) {
      return fallback;
    }
    if (!(value instanceof String text) || text.isEmpty()) {
      throw new UnnamedException("filename_template: metadata." + selector + " is no text");
    }
    return FOREIGN.matcher(text).replaceAll("-");
  }
}
