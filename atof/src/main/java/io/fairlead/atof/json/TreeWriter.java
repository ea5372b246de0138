package io.fairlead.atof.json;

import io.fairlead.spi.event.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one value as text. */
final class TreeWriter {

  private final StringBuilder out = new StringBuilder();
  private final boolean pretty;
  private int level;

  TreeWriter(boolean pretty) {
    this.pretty = pretty;
  }

  String write(@Nullable Object value) {
    append(value);
    return out.toString();
  }

  private void append(@Nullable Object value) {
    if (value instanceof Map<?, ?> members) {
      appendMembers(members);
    } else if (value instanceof List<?> elements) {
      appendElements(elements);
    } else if (value instanceof String text) {
      Json.appendQuoted(out, text);
    } else if (value instanceof NumberText number) {
      out.append(number.text());
    } else {
      out.append(value);
    }
  }

  private void appendMembers(Map<?, ?> members) {
    out.append('{');
    level++;
    String separator = "";
    for (Map.Entry<?, ?> member : members.entrySet()) {
      out.append(separator);
      newLine();
      Json.appendQuoted(out, String.valueOf(member.getKey()));
      out.append(pretty ? ": " : ":");
      append(member.getValue());
      separator = ",";
    }
    end(members.isEmpty(), '}');
  }

  private void appendElements(List<?> elements) {
    out.append('[');
    level++;
    String separator = "";
    for (Object element : elements) {
      out.append(separator);
      newLine();
      append(element);
      separator = ",";
    }
    end(elements.isEmpty(), ']');
  }

  private void end(boolean empty, char bracket) {
    level--;
    if (!empty) {
      newLine();
    }
    out.append(bracket);
  }

  private void newLine() {
    if (pretty) {
      out.append('\n').append("  ".repeat(level));
    }
  }
}
