package io.fairlead.exporters.files.atif;

import io.fairlead.atof.json.JsonTree.Members;
import io.fairlead.atof.json.NumberText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Tells where two JSON trees differ; numbers count as equal when they are the same double. */
final class JsonCompare {

  private final List<String> differences = new ArrayList<>();

  private JsonCompare() {}

  static List<String> differences(@Nullable Object expected, @Nullable Object actual) {
    JsonCompare compare = new JsonCompare();
    compare.value("$", expected, actual);
    return compare.differences;
  }

  private void value(String path, @Nullable Object expected, @Nullable Object actual) {
    if (expected instanceof Members a && actual instanceof Members b) {
      TreeSet<String> names = new TreeSet<>(a.keySet());
      names.addAll(b.keySet());
      for (String name : names) {
        if (a.containsKey(name) && b.containsKey(name)) {
          value(path + "." + name, a.get(name), b.get(name));
        } else {
          differ(
              path + "." + name,
              a.getOrDefault(name, "<absent>"),
              b.getOrDefault(name, "<absent>"));
        }
      }
    } else if (expected instanceof List<?> a && actual instanceof List<?> b) {
      for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
        value(
            path + "[" + i + "]",
            i < a.size() ? a.get(i) : "<absent>",
            i < b.size() ? b.get(i) : "<absent>");
      }
    } else if (expected instanceof NumberText a && actual instanceof NumberText b) {
      double difference = Math.abs(Double.parseDouble(a.text()) - Double.parseDouble(b.text()));
      if (difference > 1e-12) {
        differ(path, a.text(), b.text());
      }
    } else if (!Objects.equals(expected, actual)) {
      differ(path, expected, actual);
    }
  }

  private void differ(String path, @Nullable Object expected, @Nullable Object actual) {
    differences.add(path + ": expected " + expected + ", was " + actual);
  }
}
