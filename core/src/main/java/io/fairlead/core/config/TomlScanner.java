package io.fairlead.core.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a valid TOML text into blocks that together are the text again, byte for byte. It knows just
 * enough of TOML to find where statements end.
 */
public final class TomlScanner {

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern KEY =
      Pattern.compile("\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'|([A-Za-z0-9_-]+))\\s*");
  private static final Pattern HEADER =
      Pattern.compile("([ \\t]*)(?:\\[[^#\\n]*\\])?([ \\t]*(?:#[^\\n]*)?\\r?\\n?)");

  private final String text;
  private final List<TomlBlock> blocks = new ArrayList<>();
  private final StringBuilder pending = new StringBuilder();
  private TomlBlock block = new TomlBlock("", List.of(), false, "");

  private TomlScanner(String text) {
    this.text = text;
    blocks.add(block);
  }

  /** The blocks of a valid text. */
  public static List<TomlBlock> blocks(String text) {
    return new TomlScanner(text).scan();
  }

  /** The text of blocks. */
  public static String text(List<TomlBlock> blocks) {
    StringBuilder text = new StringBuilder();
    blocks.forEach(text::append);
    return text.toString();
  }

  /** A key as it must be written. */
  static String quoted(String key) {
    return BARE.matcher(key).matches()
        ? key
        : '"' + key.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String indent(String header) {
    Matcher matcher = HEADER.matcher(header);
    return matcher.matches() ? matcher.group(1) : "";
  }

  static String afterHeader(String header) {
    Matcher matcher = HEADER.matcher(header);
    return matcher.matches() ? matcher.group(2) : "\n";
  }

  private List<TomlBlock> scan() {
    int at = 0;
    while (at < text.length()) {
      int first = at;
      while (first < text.length() && " \t".indexOf(text.charAt(first)) >= 0) {
        first++;
      }
      char c = first < text.length() ? text.charAt(first) : '\n';
      int end;
      if (c == '\n' || c == '\r' || c == '#') {
        end = lineEnd(first);
        pending.append(text, at, end);
      } else if (c == '[') {
        end = lineEnd(first);
        header(text.substring(at, end));
      } else {
        end = statementEnd(first);
        block
            .statements()
            .add(
                new TomlBlock.Statement(
                    taken(pending.length()), keys(first), text.substring(at, end)));
      }
      at = end;
    }
    block.setTail(taken(pending.length()));
    return blocks;
  }

  /** Comments directly above a header are about it; what is parted by an empty line is not. */
  private void header(String line) {
    block.setTail(taken(startOfLastComments()));
    int bracket = line.indexOf('[');
    boolean array = line.startsWith("[[", bracket);
    List<String> keys = keysOf(line, bracket + (array ? 2 : 1));
    block = new TomlBlock(taken(pending.length()), keys, array, line);
    blocks.add(block);
  }

  private int startOfLastComments() {
    int start = pending.length();
    while (start > 0) {
      int line = pending.lastIndexOf("\n", start - 2) + 1;
      if (pending.substring(line, start).isBlank()) {
        break;
      }
      start = line;
    }
    return start;
  }

  private String taken(int length) {
    String taken = pending.substring(0, length);
    pending.delete(0, length);
    return taken;
  }

  private List<String> keys(int at) {
    return keysOf(text, at);
  }

  private static List<String> keysOf(String text, int start) {
    List<String> keys = new ArrayList<>();
    Matcher matcher = KEY.matcher(text);
    int at = start;
    while (matcher.region(at, text.length()).lookingAt()) {
      String basic = matcher.group(1);
      String literal = matcher.group(2);
      keys.add(basic != null ? unescaped(basic) : literal != null ? literal : matcher.group(3));
      at = matcher.end();
      if (at >= text.length() || text.charAt(at) != '.') {
        break;
      }
      at++;
    }
    return keys;
  }

  private static String unescaped(String key) {
    return key.replace("\\\"", "\"").replace("\\\\", "\\");
  }

  private int lineEnd(int from) {
    int end = text.indexOf('\n', from);
    return end < 0 ? text.length() : end + 1;
  }

  /** The end of the line a statement ends on: outside strings, comments and brackets. */
  private int statementEnd(int from) {
    int depth = 0;
    int at = from;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"' || c == '\'') {
        at = stringEnd(at, c);
        continue;
      }
      if (c == '#') {
        at = lineEnd(at) - 1;
        c = '\n';
      }
      if (c == '\n' && depth == 0) {
        return Math.min(at + 1, text.length());
      }
      depth += "[{".indexOf(c) >= 0 ? 1 : "]}".indexOf(c) >= 0 ? -1 : 0;
      at++;
    }
    return text.length();
  }

  private int stringEnd(int from, char quote) {
    String triple = String.valueOf(quote).repeat(3);
    boolean multiline = text.startsWith(triple, from);
    String close = multiline ? triple : String.valueOf(quote);
    int at = from + close.length();
    while (at < text.length() && !text.startsWith(close, at)) {
      at += quote == '"' && text.charAt(at) == '\\' ? 2 : 1;
    }
    at += close.length();
    // A multi-line string may end with up to two quotes of its own.
    while (multiline && at < text.length() && text.charAt(at) == quote) {
      at++;
    }
    return Math.min(at, text.length());
  }
}
