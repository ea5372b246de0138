package io.fairlead.exporters.files;

import io.fairlead.atof.json.JsonTree;
import io.fairlead.atof.json.JsonTree.Members;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Policy {@code replace_dots}: a dot in the name of a member becomes an underscore, at every depth.
 * Names with dots come first; one that is taken by then gets a number from 2 on.
 */
final class DotlessNames {

  private DotlessNames() {}

  /** A record with other names. */
  static String of(String line) {
    return JsonTree.write(value(JsonTree.sorted(line)));
  }

  private static @Nullable Object value(@Nullable Object value) {
    if (value instanceof Members members) {
      Members renamed = new Members();
      addAll(members, renamed, true);
      addAll(members, renamed, false);
      return renamed;
    }
    List<@Nullable Object> elements = JsonTree.list(value);
    return elements == null ? value : elements.stream().map(DotlessNames::value).toList();
  }

  private static void addAll(Members from, Members to, boolean dotted) {
    for (Map.Entry<String, @Nullable Object> member : from.entrySet()) {
      if (member.getKey().contains(".") == dotted) {
        to.put(free(to, member.getKey().replace('.', '_')), value(member.getValue()));
      }
    }
  }

  private static String free(Members taken, String name) {
    String free = name;
    for (int number = 2; taken.containsKey(free); number++) {
      free = name + "_" + number;
    }
    return free;
  }
}
