package io.fairlead.interceptors.redaction;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text put in place of a find. {@code $1}, {@code $name} and <code>${name}</code> stand for
 * groups, {@code $$} for a dollar; a group that is not there stands for nothing (NeMo Relay's
 * rule).
 */
final class Replacement {

  private final List<Part> parts = new ArrayList<>();

  private record Part(String text, boolean group) {}

  Replacement(String template) {
    int from = 0;
    while (from < template.length()) {
      int dollar = template.indexOf('$', from);
      if (dollar < 0) {
        parts.add(new Part(template.substring(from), false));
        return;
      }
      parts.add(new Part(template.substring(from, dollar), false));
      from = reference(template, dollar + 1);
    }
  }

  /** Reads what follows a dollar; returns where it ends. */
  private int reference(String template, int start) {
    if (start < template.length() && template.charAt(start) == '$') {
      parts.add(new Part("$", false));
      return start + 1;
    }
    if (start < template.length() && template.charAt(start) == '{') {
      int close = template.indexOf('}', start);
      if (close > start + 1) {
        parts.add(new Part(template.substring(start + 1, close), true));
        return close + 1;
      }
    }
    int end = start;
    while (end < template.length() && isWordCharacter(template.charAt(end))) {
      end++;
    }
    parts.add(end == start ? new Part("$", false) : new Part(template.substring(start, end), true));
    return end;
  }

  private static boolean isWordCharacter(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  String of(Matcher found) {
    StringBuilder out = new StringBuilder();
    for (Part part : parts) {
      String text = part.group() ? group(found, part.text()) : part.text();
      if (text != null) {
        out.append(text);
      }
    }
    return out.toString();
  }

  private static @Nullable String group(Matcher found, String name) {
    try {
      return found.group(Integer.parseInt(name));
    } catch (NumberFormatException e) {
      return named(found, name);
    } catch (IndexOutOfBoundsException e) {
      return null;
    }
  }

  private static @Nullable String named(Matcher found, String name) {
    try {
      return found.group(name);
    } catch (IllegalArgumentException e) { // there is no such group
      return null;
    }
  }
}
