package io.fairlead.exporters.files.json;

import io.fairlead.exporters.files.json.JsonTree.Members;
import io.fairlead.exporters.files.json.JsonTree.NumberText;
import io.fairlead.spi.event.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a tree as text. */
final class JsonText {

  private final StringBuilder out;
  private final boolean pretty;
  private int level;

  JsonText(StringBuilder out, boolean pretty) {
    this.out = out;
    this.pretty = pretty;
  }

  void value(@Nullable Object value) {
    if (value instanceof Members members) {
      object(members);
    } else if (value instanceof List<?> elements) {
      array(elements);
    } else if (value instanceof String text) {
      Json.appendQuoted(out, text);
    } else if (value instanceof NumberText number) {
      out.append(number.text());
    } else {
      out.append(value);
    }
  }

  private void object(Members members) {
    out.append('{');
    level++;
    String separator = "";
    for (Map.Entry<String, @Nullable Object> member : members.entrySet()) {
      out.append(separator);
      newLine();
      Json.appendQuoted(out, member.getKey());
      out.append(pretty ? ": " : ":");
      value(member.getValue());
      separator = ",";
    }
    end(members.isEmpty(), '}');
  }

  private void array(List<?> elements) {
    out.append('[');
    level++;
    String separator = "";
    for (Object element : elements) {
      out.append(separator);
      newLine();
      value(element);
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
