package io.fairlead.core.config;

import java.util.ArrayList;
import java.util.List;

/**
 * A table of a TOML text as it is written: its header, the statements below it and the comments
 * around them. The text before the first header is a block without keys. Mutable; not thread-safe.
 */
public final class TomlBlock {

  /**
   * A statement.
   *
   * @param lead the comments and empty lines above it
   * @param keys its dotted key, unquoted
   * @param text its lines as written, the last one ended
   */
  public record Statement(String lead, List<String> keys, String text) {
    public Statement {
      keys = List.copyOf(keys);
    }

    /** Whether it sets a key, or something inside it. */
    public boolean isAbout(String key) {
      return !keys.isEmpty() && keys.get(0).equals(key);
    }
  }

  private String lead;
  private List<String> keys;
  private boolean renamed;
  private final boolean array;
  private final String header;
  private final List<Statement> statements = new ArrayList<>();
  private String tail = "";

  TomlBlock(String lead, List<String> keys, boolean array, String header) {
    this.lead = lead;
    this.keys = List.copyOf(keys);
    this.array = array;
    this.header = header;
  }

  /** A block with a new header. */
  public static TomlBlock of(List<String> keys, boolean array, String lead, String lineEnd) {
    TomlBlock block = new TomlBlock(lead, keys, array, lineEnd);
    block.renamed = true;
    return block;
  }

  /** The keys of the header, unquoted; empty for the text before the first header. */
  public List<String> keys() {
    return keys;
  }

  /** Whether it is an element of an array of tables. */
  public boolean isArray() {
    return array;
  }

  /** Whether the header begins with these keys. */
  public boolean isWithin(List<String> prefix) {
    return keys.size() >= prefix.size() && keys.subList(0, prefix.size()).equals(prefix);
  }

  /** Gives the header other keys; what follows it on its line stays. */
  public void rename(List<String> newKeys) {
    keys = List.copyOf(newKeys);
    renamed = true;
  }

  /** The statements; changes write through. */
  public List<Statement> statements() {
    return statements;
  }

  /** Whether it sets a key, or something inside it. */
  public boolean says(String key) {
    return statements.stream().anyMatch(statement -> statement.isAbout(key));
  }

  /** The comments directly above the header. */
  public String lead() {
    return lead;
  }

  /** Puts other text above the header. */
  public void setLead(String text) {
    lead = text;
  }

  /** The comments and empty lines below the last statement. */
  public String tail() {
    return tail;
  }

  /** Puts other text below the last statement. */
  public void setTail(String text) {
    tail = text;
  }

  /** The block as text. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(lead);
    text.append(renamed ? newHeader() : header);
    for (Statement statement : statements) {
      text.append(statement.lead()).append(statement.text());
    }
    return text.append(tail).toString();
  }

  private String newHeader() {
    String open = array ? "[[" : "[";
    String close = array ? "]]" : "]";
    String path = String.join(".", keys.stream().map(TomlScanner::quoted).toList());
    return TomlScanner.indent(header) + open + path + close + TomlScanner.afterHeader(header);
  }
}
