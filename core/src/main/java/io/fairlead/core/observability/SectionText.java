package io.fairlead.core.observability;

import io.fairlead.core.config.TomlBlock;
import io.fairlead.core.config.TomlBlock.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The {@code observability} component of a TOML text, table by table. What is changed here is
 * checked afterwards against what the tree says; a shape this does not understand shows there.
 */
final class SectionText {

  private static final List<String> CONFIG = List.of("components", "config");

  private final List<TomlBlock> blocks;
  private final int first;
  private int end;
  private final String lineEnd;

  /**
   * A component.
   *
   * @param blocks of the whole text; changes write through
   * @param first the component's {@code [[components]]}
   */
  SectionText(List<TomlBlock> blocks, int first) {
    this.blocks = blocks;
    this.first = first;
    this.lineEnd = blocks.get(first).toString().contains("\r\n") ? "\r\n" : "\n";
    int next = first + 1;
    while (next < blocks.size() && !isComponent(blocks.get(next))) {
      next++;
    }
    this.end = next;
  }

  /** Whether a block begins a component. */
  static boolean isComponent(TomlBlock block) {
    return block.isArray() && block.keys().equals(CONFIG.subList(0, 1));
  }

  /** The keys of a section's table, or of one inside it. */
  static List<String> path(String... names) {
    List<String> path = new ArrayList<>(CONFIG);
    path.addAll(List.of(names));
    return List.copyOf(path);
  }

  /** Whether the section is written under a header of its own, and nowhere else. */
  boolean hasHeaders(String section) {
    for (TomlBlock block : mine(candidate -> true)) {
      boolean isConfig = block.keys().equals(CONFIG);
      boolean isComponent = block == blocks.get(first);
      if ((isConfig && block.says(section)) || (isComponent && block.says("config"))) {
        return false;
      }
    }
    return !under(path(section)).isEmpty();
  }

  /** The section's own table; made when only tables inside it are written. */
  TomlBlock main(String section) {
    List<String> path = path(section);
    for (TomlBlock block : under(path)) {
      if (block.keys().equals(path) && !block.isArray()) {
        return block;
      }
    }
    TomlBlock made = TomlBlock.of(path, false, "", lineEnd);
    insert(blocks.indexOf(under(path).get(0)), made);
    return made;
  }

  /** Whether the section sets a key, in a line or under a header. */
  boolean says(String section, String key) {
    return main(section).says(key) || !under(path(section, key)).isEmpty();
  }

  /** Adds a line to the section. */
  void add(String section, String key, String value) {
    TomlBlock main = main(section);
    endLastLine(main);
    main.statements().add(statement(key, value));
  }

  /** Moves keys into a new table at the end of a list. */
  void wrap(String section, List<String> keys, String list, String type) {
    TomlBlock main = main(section);
    TomlBlock wrapped = TomlBlock.of(path(section, list), true, lineEnd, lineEnd);
    wrapped.statements().add(statement("type", type));
    endLastLine(main);
    main.statements()
        .removeIf(
            statement -> {
              boolean moves = keys.contains(statement.keys().get(0));
              if (moves) {
                wrapped.statements().add(statement);
              }
              return moves;
            });
    wrapped.setTail(main.tail());
    main.setTail("");
    List<TomlBlock> inner = new ArrayList<>();
    for (String key : keys) {
      inner.addAll(under(path(section, key)));
    }
    inner.sort((a, b) -> Integer.compare(blocks.indexOf(a), blocks.indexOf(b)));
    inner.forEach(this::remove);
    List<TomlBlock> listed = under(path(section, list));
    TomlBlock last = listed.isEmpty() ? main : listed.get(listed.size() - 1);
    int at = blocks.indexOf(last) + 1;
    insert(at, wrapped);
    for (TomlBlock block : inner) {
      at++;
      List<String> renamed = new ArrayList<>(path(section, list));
      renamed.addAll(block.keys().subList(path(section).size(), block.keys().size()));
      block.rename(renamed);
      insert(at, block);
    }
  }

  /** Gives every table of a list another list and a type. */
  void moveElements(String section, String from, String to, String type) {
    for (TomlBlock block : under(path(section, from))) {
      if (block.keys().equals(path(section, from))) {
        block.statements().add(0, statement("type", type));
      }
      replacePrefix(block, path(section, from), path(section, to));
    }
  }

  /** Makes a section another one. */
  void rename(String from, String to) {
    under(path(from)).forEach(block -> replacePrefix(block, path(from), path(to)));
  }

  /**
   * Gives a section's list to another section, at the end of its list. The rest becomes comments.
   *
   * @return whether there was more than the list and {@code enabled}
   */
  boolean join(String from, String into, String list) {
    List<TomlBlock> moved = under(path(from, list));
    List<TomlBlock> listed = under(path(into, list));
    int last = listed.isEmpty() ? -1 : blocks.indexOf(listed.get(listed.size() - 1));
    if (moved.stream().anyMatch(block -> blocks.indexOf(block) < last)) {
      moved.forEach(this::remove);
      int at = blocks.indexOf(listed.get(listed.size() - 1)) + 1;
      for (TomlBlock block : moved) {
        insert(at, block);
        at++;
      }
    }
    moved.forEach(block -> replacePrefix(block, path(from, list), path(into, list)));
    TomlBlock main = main(from);
    for (Statement statement : List.copyOf(main.statements())) {
      if (statement.isAbout("enabled")) {
        main.statements().remove(statement);
        main.setTail(statement.lead() + main.tail());
      }
    }
    if (main.statements().isEmpty() && !moved.isEmpty()) {
      moved.get(0).setLead(main.lead());
      dissolve(main, main.tail());
    }
    return drop(from);
  }

  /**
   * Turns what is left of a section into comments.
   *
   * @return whether anything was left
   */
  boolean drop(String section) {
    List<TomlBlock> left = under(path(section));
    left.forEach(block -> dissolve(block, commented(block.toString())));
    return !left.isEmpty();
  }

  /** The block's text becomes part of what stands above it. */
  private void dissolve(TomlBlock block, String rest) {
    TomlBlock before = blocks.get(blocks.indexOf(block) - 1);
    endLastLine(before);
    before.setTail(before.tail() + rest);
    remove(block);
  }

  private static String commented(String text) {
    StringBuilder commented = new StringBuilder();
    for (String line : text.split("(?<=\n)", -1)) {
      boolean quiet = line.isBlank() || line.stripLeading().startsWith("#");
      commented.append(quiet ? "" : "# ").append(line);
    }
    return commented.toString();
  }

  private static void replacePrefix(TomlBlock block, List<String> from, List<String> to) {
    List<String> keys = new ArrayList<>(to);
    keys.addAll(block.keys().subList(from.size(), block.keys().size()));
    block.rename(keys);
  }

  private Statement statement(String key, String value) {
    String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
    return new Statement("", List.of(key), key + " = \"" + quoted + "\"" + lineEnd);
  }

  /** The last line of a text may have no end; what is put below it needs one. */
  private void endLastLine(TomlBlock block) {
    String text = block.toString();
    if (text.isEmpty() || text.endsWith("\n")) {
      return;
    }
    List<Statement> statements = block.statements();
    if (block.tail().isEmpty() && !statements.isEmpty()) {
      Statement last = statements.get(statements.size() - 1);
      statements.set(
          statements.size() - 1, new Statement(last.lead(), last.keys(), last.text() + lineEnd));
    } else {
      block.setTail(block.tail() + lineEnd);
    }
  }

  private List<TomlBlock> under(List<String> path) {
    return mine(block -> block.isWithin(path));
  }

  private List<TomlBlock> mine(Predicate<TomlBlock> wanted) {
    return blocks.subList(first, end).stream().filter(wanted).toList();
  }

  private void insert(int at, TomlBlock block) {
    endLastLine(blocks.get(at - 1));
    blocks.add(at, block);
    end++;
  }

  private void remove(TomlBlock block) {
    blocks.remove(block);
    end--;
  }
}
